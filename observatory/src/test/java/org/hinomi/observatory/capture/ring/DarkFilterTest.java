package org.hinomi.observatory.capture.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.kernel.packet.PacketDecoder;
import org.hinomi.kernel.packet.PacketHeader;
import org.junit.jupiter.api.Test;

/** The filter agrees with what the reader of packets would count. */
class DarkFilterTest {
    private static final int PACKETS = 2000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final RandomFrames frames = new RandomFrames(random);
    private final PacketHeader header = new PacketHeader();

    private boolean counts(PrefixSet dark, byte[] frame, int linkType) {
        return PacketDecoder.decode(MemorySegment.ofArray(frame), 0, frame.length, linkType, header) == null
                && dark.contains(header.dstHi, header.dstLo);
    }

    private IpAddress destination(PrefixSet dark) {
        List<Prefix> prefixes = dark.prefixes();
        return frames.near(prefixes.get(random.nextInt(prefixes.size())));
    }

    @Test
    void plainAndTaggedPacketsPassIfTheReaderCountsThem() {
        for (int prefixes = 1; prefixes <= 200; prefixes += 1 + prefixes / 2) {
            PrefixSet dark = frames.darknet(prefixes);
            BpfProgram filter = DarkFilter.of(dark, false);
            assertThat(BpfMachine.fault(filter)).as("seed %d", seed).isEmpty();
            for (int i = 0; i < PACKETS; i++) {
                byte[] ip = frames.ip(destination(dark));
                int tags = random.nextInt(3);
                byte[] types = frames.types(ip, tags);
                byte[] frame = frames.ethernet(types, ip);
                int type = (types[types.length - 2] & 0xff) << 8 | types[types.length - 1] & 0xff;
                boolean unsure = type == 0x8847 || type == 0x8848 || type == 0x8864 || type < 0x600;
                boolean passes = BpfMachine.run(filter, frame, 0) != 0;
                assertThat(passes)
                        .as("seed %d, %s, frame %s", seed, dark.prefixes(), Arrays.toString(frame))
                        .isEqualTo(unsure || counts(dark, frame, LinkType.ETHERNET));
            }
        }
    }

    @Test
    void whatIsTaggedMoreOftenPassesForTheReaderToJudge() {
        PrefixSet dark = frames.darknet(3);
        byte[] ip = frames.ip(IpAddress.parse("192.0.2.1").orElseThrow());
        byte[] types = {(byte) 0x81, 0, 0, 1, (byte) 0x81, 0, 0, 2, (byte) 0x81, 0, 0, 3, 8, 0};
        assertThat(BpfMachine.run(DarkFilter.of(dark, false), frames.ethernet(types, ip), 0))
                .isNotZero();
    }

    @Test
    void packetsWithoutLinkLayerPassIfTheReaderCountsThem() {
        for (int prefixes = 1; prefixes <= 100; prefixes += 7) {
            PrefixSet dark = frames.darknet(prefixes);
            BpfProgram filter = DarkFilter.of(dark, true);
            assertThat(BpfMachine.fault(filter)).isEmpty();
            for (int i = 0; i < PACKETS; i++) {
                byte[] ip = frames.ip(destination(dark));
                assertThat(BpfMachine.run(filter, ip, 0) != 0)
                        .as("seed %d, %s, packet %s", seed, dark.prefixes(), Arrays.toString(ip))
                        .isEqualTo(counts(dark, ip, LinkType.RAW));
            }
        }
    }

    @Test
    void anyBytesGiveAnAnswer() {
        BpfProgram filter = DarkFilter.of(frames.darknet(20), false);
        BpfProgram spread = AddressSpread.program();
        for (int i = 0; i < PACKETS; i++) {
            byte[] frame = new byte[random.nextInt(80)];
            random.nextBytes(frame);
            BpfMachine.run(filter, frame, 0x0800);
            BpfMachine.run(spread, frame, random.nextBoolean() ? 0x86dd : 0x8100);
        }
    }

    @Test
    void neighboursAreJoinedAndWhatIsWithinOthersTakesNothing() {
        PrefixSet whole = PrefixSet.of(List.of(Prefix.parse("198.18.0.0/15"), Prefix.parse("2001:db8::/32")));
        PrefixSet parts = PrefixSet.of(List.of(
                Prefix.parse("198.19.0.0/16"),
                Prefix.parse("198.18.0.0/17"),
                Prefix.parse("198.18.128.0/17"),
                Prefix.parse("198.18.7.0/24"),
                Prefix.parse("2001:db8:8000::/33"),
                Prefix.parse("2001:db8::/33"),
                Prefix.parse("2001:db8:1::1/128")));
        assertThat(DarkFilter.of(parts, false).size())
                .isLessThan(DarkFilter.of(whole, false).size() + 10);
    }

    @Test
    void sixHundredScatteredPrefixesFitIntoTheKernelsBound() {
        List<Prefix> scattered = new java.util.ArrayList<>();
        for (int i = 0; i < 600; i++) {
            scattered.add(Prefix.parse("10." + i / 100 + "." + i % 100 * 2 + ".0/24"));
        }
        assertThat(BpfMachine.fault(DarkFilter.of(PrefixSet.of(scattered), false)))
                .isEmpty();
    }

    @Test
    void aTuplesPacketsGoToOneRingAndTuplesToAll() {
        BpfProgram spread = AddressSpread.program();
        assertThat(BpfMachine.fault(spread)).isEmpty();
        for (int rings : new int[] {2, 3, 4, 8}) {
            int[] counts = new int[rings];
            for (int i = 0; i < 20_000; i++) {
                boolean v4 = random.nextBoolean();
                byte[] ip = frames.ip(
                        v4
                                ? new IpAddress(0, IpAddress.V4_PREFIX | 0xc6120000L | random.nextInt(1 << 16))
                                : new IpAddress(0x2001_0db8L << 32, random.nextInt(1 << 16)));
                byte[] same = frames.ip(v4 ? IpAddress.parse("192.0.2.1").orElseThrow() : new IpAddress(1, 1));
                System.arraycopy(ip, v4 ? 12 : 8, same, v4 ? 12 : 8, v4 ? 8 : 32);
                int type = v4 ? 0x0800 : 0x86dd;
                int ring = Integer.remainderUnsigned(BpfMachine.run(spread, ip, type), rings);
                assertThat(Integer.remainderUnsigned(BpfMachine.run(spread, same, type), rings))
                        .as("seed %d", seed)
                        .isEqualTo(ring);
                // The kernel takes the outermost tag off; what is after the second begins with two bytes of it.
                byte[] tagged = new byte[ip.length + 4];
                tagged[2] = (byte) (type >>> 8);
                tagged[3] = (byte) type;
                System.arraycopy(ip, 0, tagged, 4, ip.length);
                assertThat(Integer.remainderUnsigned(BpfMachine.run(spread, tagged, 0x8100), rings))
                        .isEqualTo(ring);
                counts[ring]++;
            }
            for (int count : counts) {
                assertThat((double) count).as("seed %d", seed).isBetween(0.85 * 20_000 / rings, 1.15 * 20_000 / rings);
            }
        }
    }
}

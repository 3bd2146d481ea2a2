package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.address.OwnerTable;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.jspecify.annotations.Nullable;

/** Flow tuples for tests, and ways to run a detector on them. */
final class Probes {
    static final long START = 1_780_000_020;
    static final int DARK = 65_536;
    static final KeyedEngine.Bounds ROOMY = new KeyedEngine.Bounds(1 << 28, 1 << 20);
    static final List<String> RULES = List.of("mirai", "zmap");
    static final List<Fingerprint> FINGERPRINTS =
            FingerprintCatalogue.parse("""
                    name: mirai
                    label: Mirai
                    packet: tcp.seq == ip.dst
                    generation: all
                    reference: a test
                    chance: 2.33e-10
                    needs: 1

                    name: zmap
                    label: ZMap
                    packet: ip.id == 54321
                    generation: all
                    reference: a test
                    chance: 1.53e-5
                    needs: 3
                    """).packetRules();
    /** A rule of each sort. */
    static final DeviceCatalogue DEVICES = DeviceCatalogue.parse("""
            handmade: mirai zmap
            bots: mirai
            telnet | port tcp/23 | 20 | router+2 nas+1 | why | why
            mark | mark mirai | 50 | router+1 | why | why
            ttl | initial_ttl 64 | 50 | router+1 | why | why
            """);

    static final Reference REFERENCE = new Registered();

    /** The first six sources, and IPv6, are organisations'; every source has one of three networks and of two countries. */
    private static final class Registered implements Reference {
        private final OwnerTable owners = new OwnerTable(
                List.of(
                        new OwnerTable.Block(Prefix.parse("0.0.0.0/30"), new Owner("city", "City")),
                        new OwnerTable.Block(Prefix.parse("0.0.0.4/31"), new Owner("school", "School")),
                        new OwnerTable.Block(Prefix.parse("2001:db8::/32"), new Owner("six", "Six"))),
                Map.of(),
                Origin.UNKNOWN);

        @Override
        public long darkAddresses(String stream, long minute) {
            return DARK;
        }

        @Override
        public @Nullable Owner owner(long hi, long lo, long minute) {
            return owners.at(hi, lo);
        }

        @Override
        public long network(long hi, long lo, long minute) {
            return 64_500 + Math.floorMod(lo >>> 8, 3L);
        }

        @Override
        public int country(long hi, long lo, long minute) {
            return (lo >>> 8) % 2 == 0 ? 'J' << 8 | 'P' : 'B' << 8 | 'R';
        }
    }

    private Probes() {}

    /** A tuple of some minute, kept. */
    record Tuple(long minute, FlowBlock block) {
        void read(FlowRow row) {
            block.read(0, row);
        }
    }

    static FlowRow syn(int source, int destination, int port, long minute) {
        FlowRow row = new FlowRow();
        row.time = minute;
        row.srcLo = IpAddress.V4_PREFIX | Integer.toUnsignedLong(source);
        row.dstLo = IpAddress.V4_PREFIX | Integer.toUnsignedLong(destination);
        row.srcPort = 40_000;
        row.dstPort = port;
        row.protocol = IpProtocol.TCP;
        row.tcpFlags = TcpFlags.SYN;
        row.ttl = 50;
        row.ipLen = 40;
        row.tcpSynLen = 20;
        row.packetCnt = 1;
        row.firstSeq = 7;
        row.firstIpId = 9;
        return row;
    }

    static Tuple kept(FlowRow row) {
        FlowBlock block = new FlowBlock(row.time);
        block.add(row);
        return new Tuple(row.time, block);
    }

    /** Sources of all sorts over some hours: bursts, slow ones, pauses, many ports, backscatter, mixed matches. */
    static List<Tuple> traffic(Random random, int minutes) {
        List<Tuple> tuples = new ArrayList<>();
        for (int source = 1; source <= 12; source++) {
            int ports = random.nextInt(5) == 0 ? 400 : 1 + random.nextInt(3);
            for (int minute = random.nextInt(20); minute < minutes; minute += 1 + random.nextInt(source * 2)) {
                for (int i = random.nextInt(25); i > 0; i--) {
                    tuples.add(kept(some(random, source, ports, START + minute * 60L)));
                }
            }
        }
        tuples.sort(Comparator.comparingLong(Tuple::minute));
        return tuples;
    }

    /** Three days of two ports, each hour some sources; on the third both have a surge, and there is a new port. */
    static List<Tuple> days(Random random) {
        List<Tuple> tuples = new ArrayList<>();
        for (int hour = 0; hour < 72; hour++) {
            boolean surge = hour >= 60 && hour < 63;
            for (int port : List.of(23, 80)) {
                probes(random, surge ? 60 : random.nextInt(4), port, hour, tuples);
            }
            probes(random, surge ? 20 : 0, 5555, hour, tuples);
        }
        tuples.sort(Comparator.comparingLong(Tuple::minute));
        return tuples;
    }

    private static void probes(Random random, int sources, int port, int hour, List<Tuple> tuples) {
        for (int i = 0; i < sources; i++) {
            int source = 0x0b00_0000 | random.nextInt(1 << 24);
            long minute = START + hour * 3600L + random.nextInt(60) * 60L;
            tuples.add(kept(syn(source, 0xc612_0000 | random.nextInt(400), port, minute)));
        }
    }

    /** Eight hours of passing sources; in the fifth nine begin to send to one port now and then, all at once. */
    static List<Tuple> gathering(Random random) {
        List<Tuple> tuples = new ArrayList<>();
        for (int minute = 0; minute < 480; minute++) {
            probes(random, random.nextInt(2), 80, minute / 60, tuples);
            for (int source = 1; minute >= 240 && minute < 360 && minute / 10 % 2 == 0 && source < 10; source++) {
                FlowRow row = syn(0x0b00_0000 + (source << 8), 0xc612_0001, 23, START + minute * 60L);
                row.packetCnt = 1 + random.nextInt(2);
                row.matchAll(1);
                tuples.add(kept(row));
            }
        }
        tuples.sort(Comparator.comparingLong(Tuple::minute));
        return tuples;
    }

    /** A detector of synchronised activity for {@link #gathering}. */
    static Synchrony synchrony(KeyStage stage) {
        return new Synchrony(stage, Map.of("learn_days", 0L), RULES);
    }

    /** A detector of surges for {@link #days}. */
    static Surges surges(SurgeDimension dimension) {
        return new Surges(dimension, Map.of("bin_minutes", 60L, "learn_days", 2L));
    }

    private static FlowRow some(Random random, int source, int ports, long minute) {
        FlowRow row = syn(source, 0xc612_0000 | random.nextInt(400), 1 + random.nextInt(ports), minute);
        row.packetCnt = 1 + random.nextInt(3);
        row.ttl = 40 + random.nextInt(2);
        row.matchAll(random.nextInt(4));
        if (row.packetCnt > 1 && random.nextBoolean()) {
            row.match(0, 1);
        }
        if (random.nextInt(6) == 0) {
            row.tcpFlags = TcpFlags.SYN | TcpFlags.ACK;
            row.srcPort = 80;
        }
        if (random.nextInt(10) == 0) {
            row.srcHi = 0x2001_0db8_0000_0000L;
            row.dstHi = 0x2001_0db8_ffff_0000L;
        }
        return row;
    }

    static ScanEvents scans(Map<String, Long> given) {
        return new ScanEvents(given, RULES);
    }

    /** The detector of own machines; the third rule names no tool. */
    static OwnMachines own(Map<String, Long> given) {
        return new OwnMachines(given, List.of("mirai", "zmap", "bare_syn"), DEVICES);
    }

    /** The detector of attacks, so quick to tell that ordinary tests' traffic has some. */
    static BackscatterAttacks attacks() {
        return new BackscatterAttacks(
                Map.of("least_packets", 5L, "least_minutes", 1L, "least_peak", 3L, "report_seconds", 120L));
    }

    static <S extends KeyState> KeyedEngine<S> engine(Detector<S> detector, Consumer<Detection> out) {
        return new KeyedEngine<>(detector, REFERENCE, ROOMY, out);
    }

    /** The detections of an engine that gets tuples in order of minutes, and then the end. */
    static <S extends KeyState> List<Detection> run(Detector<S> detector, List<Tuple> tuples) {
        List<Detection> found = new ArrayList<>();
        KeyedEngine<S> engine = engine(detector, found::add);
        feed(engine, tuples);
        engine.end("tokyo");
        return found;
    }

    static void feed(KeyedEngine<?> engine, List<Tuple> tuples) {
        FlowRow row = new FlowRow();
        for (Tuple tuple : tuples) {
            tuple.read(row);
            engine.add("tokyo", row);
            engine.advance("tokyo", KeyedEngine.watermark(tuple.minute()));
        }
    }

    /** All revisions as text, in an order that does not depend on the order of keys. */
    static List<String> lines(List<Detection> detections) {
        return detections.stream()
                .sorted(Comparator.comparing(Detection::id).thenComparingInt(Detection::revision))
                .map(Detection::line)
                .toList();
    }
}

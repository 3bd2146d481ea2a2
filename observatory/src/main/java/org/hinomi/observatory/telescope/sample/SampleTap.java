package org.hinomi.observatory.telescope.sample;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Predicate;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketHeader;

/**
 * Keeps the first packet of each source and port of a UTC day, as evidence: bounded in number and in bytes, and offered
 * to a queue that never makes the packet path wait.
 */
final class SampleTap implements PacketWitness {
    /** The most samples of a day. */
    static final int MOST_A_DAY = 20_000;

    /** The most bytes of a sample, from the IP header on. */
    static final int MOST_BYTES = 256;

    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int SLOTS = 1 << 16;
    private static final int UDP_HEADER = 8;

    private final String sensor;
    private final Predicate<Sample> queue;
    private final long[] seen = new long[SLOTS];
    private int taken;
    private int remembered;
    private long day = Long.MIN_VALUE;

    /**
     * A sampled packet.
     *
     * @param nanos time, nanoseconds since 1970-01-01 UTC
     * @param payload where the payload of TCP or UDP begins within the bytes, or -1
     * @param bytes from the IP header on
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sample(
            String sensor, long nanos, long srcHi, long srcLo, int protocol, int port, int payload, byte[] bytes) {}

    /**
     * A tap of one sensor.
     *
     * @param queue takes a sample, or refuses it when it is full
     */
    SampleTap(String sensor, Predicate<Sample> queue) {
        this.sensor = sensor;
        this.queue = queue;
    }

    @Override
    public void seen(
            long nanos,
            PacketHeader header,
            long matches,
            MemorySegment bytes,
            long offset,
            int captured,
            int linkType) {
        long today = Math.floorDiv(nanos, DAY_NANOS);
        if (today > day) {
            day = today;
            taken = 0;
            remembered = 0;
            Arrays.fill(seen, 0);
        }
        if (taken >= MOST_A_DAY || remembered >= SLOTS / 2 || today < day || !isNew(header)) {
            return;
        }
        int length = Math.min(MOST_BYTES, Math.min(captured - header.ipOffset, header.ipLength));
        byte[] copy = bytes.asSlice(offset + header.ipOffset, length).toArray(ValueLayout.JAVA_BYTE);
        boolean taking = queue.test(new Sample(
                sensor,
                nanos,
                header.srcHi,
                header.srcLo,
                header.protocol,
                header.dstPort,
                payload(header, copy),
                copy));
        taken += taking ? 1 : 0;
    }

    private boolean isNew(PacketHeader header) {
        long key = (header.srcHi * 0x9e3779b97f4a7c15L ^ header.srcLo) * 0xd6e8feb86659fd93L
                + header.dstPort * 31L
                + header.protocol;
        long hash = (key ^ key >>> 32) * 0x9e3779b97f4a7c15L | 1;
        int slot = (int) (hash >>> 40) & SLOTS - 1;
        while (seen[slot] != 0) {
            if (seen[slot] == hash) {
                return false;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        seen[slot] = hash;
        remembered++;
        return true;
    }

    private static int payload(PacketHeader header, byte[] bytes) {
        if (header.ipv6 || header.laterFragment || bytes.length == 0) {
            return -1;
        }
        int transport = (bytes[0] & 0xf) * 4;
        int at = switch (header.protocol) {
            case IpProtocol.TCP -> transport + header.tcpHeaderLength;
            case IpProtocol.UDP -> transport + UDP_HEADER;
            default -> -1;
        };
        return at <= bytes.length ? at : -1;
    }
}

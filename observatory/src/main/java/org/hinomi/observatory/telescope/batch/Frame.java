package org.hinomi.observatory.telescope.batch;

import java.util.List;
import org.hinomi.wire.batch.SensorReport;
import org.jspecify.annotations.Nullable;

/**
 * What a sensor sends at once, several times a second at most: lossy, for the live map.
 *
 * @param sent when, microseconds since 1970-01-01 UTC by the sensor's clock
 * @param seen packets since the frame before
 * @param packets a fair sample of them
 * @param first the first packets of sources that were not seen today
 * @param day the counts of its day, now and then
 */
public record Frame(
        String incarnation,
        long sent,
        long seen,
        List<Flying> packets,
        List<Flying> first,
        @Nullable Day day,
        SensorReport report) {
    /** The most packets of each kind in a frame. */
    public static final int MOST_PACKETS = 128;

    /**
     * A packet; names are short because there are many. It does not name the dark address it went to.
     *
     * @param t time, nanoseconds since 1970-01-01 UTC
     * @param s source address
     * @param c ordinal of its class
     * @param o IP protocol number
     * @param p destination port, or ICMP code
     * @param m the packet rules it matched, one bit each
     */
    public record Flying(long t, String s, int c, int o, int p, long m) {}

    /** As {@link org.hinomi.observatory.telescope.live.Tap.Counts}. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Day(
            long firstNanos,
            long lastNanos,
            long total,
            long[] classes,
            byte[] sources,
            long synOrUdp,
            long toIotPorts) {}
}

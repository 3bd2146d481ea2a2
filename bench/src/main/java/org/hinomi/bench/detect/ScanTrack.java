package org.hinomi.bench.detect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Scan events by Merit's definition with exact times: no pause of more than 624 s, ten addresses, ten packets a second. */
final class ScanTrack {
    private static final long PAUSE = 624;
    private static final int ADDRESSES = 10;
    private static final double RATE = 10;
    private static final double SCALE = 4_294_967_296.0 / Air.DARK;

    final int key;
    private final long source;
    private final Set<Integer> seen = new HashSet<>();
    private long first;
    private long last;
    private long packets;

    ScanTrack(long source, int key) {
        this.source = source;
        this.key = key;
    }

    void add(int destination, long second, List<Truth.Span> events) {
        if (packets > 0 && second - last > PAUSE) {
            end(events);
        }
        if (packets == 0) {
            first = second;
            last = second;
        }
        last = Math.max(last, second);
        packets++;
        if (seen.size() < ADDRESSES) {
            seen.add(destination);
        }
    }

    void end(List<Truth.Span> events) {
        if (seen.size() >= ADDRESSES && packets * SCALE / Math.max(1, last - first) >= RATE) {
            events.add(new Truth.Span(source, key & 0xffff, first, last, packets));
        }
        seen.clear();
        packets = 0;
    }
}

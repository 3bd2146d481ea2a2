package org.hinomi.bench.detect;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Attacks by the thresholds of Corsaro's RSDoS with exact times: no pause of more than 300 s, 25 packets, 60 s long, 30
 * packets within some 60 s, looked at every 10 s.
 */
final class AttackTrack {
    private static final long PAUSE = 300;
    private static final int PACKETS = 25;
    private static final int LENGTH = 60;
    private static final int PEAK = 30;
    private static final int STEP = 10;

    private final long source;
    private final ArrayDeque<Long> window = new ArrayDeque<>();
    private long first;
    private long last;
    private long packets;
    private int peak;

    AttackTrack(long source) {
        this.source = source;
    }

    void add(long second, List<Truth.Span> attacks) {
        if (packets > 0 && second - last > PAUSE) {
            end(attacks);
        }
        if (packets == 0) {
            first = second;
            last = second;
        }
        last = Math.max(last, second);
        packets++;
        long slot = Math.floorDiv(second, STEP);
        while (!window.isEmpty() && window.peekFirst() <= slot - LENGTH / STEP) {
            window.removeFirst();
        }
        window.addLast(slot);
        peak = Math.max(peak, window.size());
    }

    void end(List<Truth.Span> attacks) {
        if (packets >= PACKETS && last - first >= LENGTH && peak >= PEAK) {
            attacks.add(new Truth.Span(source, 0, first, last, packets));
        }
        window.clear();
        packets = 0;
        peak = 0;
    }
}

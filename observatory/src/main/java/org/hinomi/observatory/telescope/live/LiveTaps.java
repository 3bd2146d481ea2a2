package org.hinomi.observatory.telescope.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;

/** The taps of a sensor whose packets several threads take, seen as one. */
public final class LiveTaps implements Tap {
    private static final int LG_K = 12;
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private final List<LiveTap> taps;
    private final Random random = new Random();

    /** Taps, one a thread; at least one. */
    public LiveTaps(List<LiveTap> taps) {
        this.taps = List.copyOf(taps);
    }

    /** Takes the sample and begins a new one; each tap gives as many packets as it has a share in what was seen. */
    @Override
    public Drawn drain() {
        List<Drawn> all = taps.stream().map(LiveTap::drain).toList();
        if (all.size() == 1) {
            return all.getFirst();
        }
        long seen = all.stream().mapToLong(Drawn::seen).sum();
        List<LivePacket> packets = new ArrayList<>();
        for (Drawn drawn : all) {
            List<LivePacket> shuffled = new ArrayList<>(drawn.packets());
            Collections.shuffle(shuffled, random);
            double share = Math.min(1, (double) LiveTap.SAMPLE / Math.max(1, seen)) * drawn.seen();
            packets.addAll(shuffled.subList(0, (int) Math.min(shuffled.size(), Math.ceil(share))));
        }
        Collections.shuffle(packets, random);
        return new Drawn(seen, List.copyOf(packets.subList(0, Math.min(packets.size(), LiveTap.SAMPLE))));
    }

    /** The counts now, of the newest day that any tap is in. */
    @Override
    public Counts counts() {
        List<Counts> all = taps.stream().map(LiveTap::counts).toList();
        if (all.size() == 1) {
            return all.getFirst();
        }
        long last = all.stream().mapToLong(Counts::lastNanos).max().orElse(Long.MIN_VALUE);
        long[] classes = new long[all.getFirst().classes().length];
        HllUnion sources = new HllUnion(LG_K);
        long[] sums = new long[3];
        for (Counts one : all) {
            sums[0] += one.total();
            if (Math.floorDiv(one.lastNanos(), DAY_NANOS) == Math.floorDiv(last, DAY_NANOS)) {
                for (int i = 0; i < classes.length; i++) {
                    classes[i] += one.classes()[i];
                }
                sources.update(HllSketch.heapify(one.sources()));
                sums[1] += one.synOrUdp();
                sums[2] += one.toIotPorts();
            }
        }
        return new Counts(
                all.stream().mapToLong(Counts::firstNanos).min().orElse(Long.MAX_VALUE),
                last,
                sums[0],
                classes,
                sources.getResult().toCompactByteArray(),
                sums[1],
                sums[2]);
    }
}

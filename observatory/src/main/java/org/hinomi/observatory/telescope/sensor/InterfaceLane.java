package org.hinomi.observatory.telescope.sensor;

import java.util.ArrayList;
import java.util.List;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.capture.ring.PacketRing;
import org.hinomi.observatory.capture.ring.RingPoll;
import org.jspecify.annotations.Nullable;

/** One thread's rings: the one of its number of each interface. An interface that fails is let go, the others go on. */
final class InterfaceLane implements AutoCloseable {
    private static final int WAIT_MILLIS = 100;

    private final List<Cable> cables;
    private final int lane;
    private final Runnable news;
    private final List<Cable> from = new ArrayList<>();
    private final List<PacketRing> rings = new ArrayList<>();
    private final RingPoll poll;

    /**
     * A lane without rings.
     *
     * @param news is run when an interface fails that no other lane has told of
     */
    InterfaceLane(List<Cable> cables, int lane, Runnable news) {
        this.cables = cables;
        this.lane = lane;
        this.news = news;
        this.poll = new RingPoll(cables.size());
    }

    private void take() {
        for (Cable cable : cables) {
            PacketRing ring = from.contains(cable) ? null : cable.take(lane);
            if (ring != null) {
                from.add(cable);
                rings.add(ring);
            }
        }
    }

    /** Gives what there is, or waits a little for it; false when nothing came. */
    boolean read(FrameSink sink) {
        if (blocks(sink)) {
            return true;
        }
        take();
        poll.await(rings, WAIT_MILLIS);
        for (int i = rings.size() - 1; i >= 0; i--) {
            if (poll.failed(i)) {
                let(i, sink, "interface '" + rings.get(i).name() + "' went down or away");
            }
        }
        return blocks(sink);
    }

    private boolean blocks(FrameSink sink) {
        boolean some = false;
        for (int i = 0; i < rings.size(); i++) {
            some |= rings.get(i).read(sink);
        }
        return some;
    }

    /** Lets a ring go, with what is left in it. */
    private void let(int index, FrameSink sink, @Nullable String why) {
        PacketRing ring = rings.remove(index);
        ring.drain(sink);
        if (from.remove(index).giveBack(lane, ring, why)) {
            news.run();
        }
    }

    /** Whether it has no ring now. */
    boolean none() {
        return rings.isEmpty();
    }

    /** Notes what was lost, and whether an interface can still give anything. */
    void look(FrameSink sink) {
        for (int i = rings.size() - 1; i >= 0; i--) {
            rings.get(i).count();
            String why = from.get(i).trouble().or(from.get(i)::silence).orElse(null);
            if (why != null) {
                let(i, sink, why);
            }
        }
        if (rings.isEmpty() && cables.stream().noneMatch(Cable::healthy)) {
            throw new SourceException(cables.stream()
                    .flatMap(cable -> cable.trouble().stream())
                    .findFirst()
                    .orElse("there is no interface to capture from"));
        }
    }

    /** Ends with what came until now. */
    void drain(FrameSink sink) {
        while (!rings.isEmpty()) {
            let(rings.size() - 1, sink, null);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < rings.size(); i++) {
            from.get(i).giveBack(lane, rings.get(i), null);
        }
        rings.clear();
        from.clear();
        poll.close();
    }
}

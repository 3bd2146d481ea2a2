package org.hinomi.kernel.flow;

import org.hinomi.kernel.packet.PacketHeader;

/**
 * The open minutes of one sensor in event time: packets in, closed minutes of flow tuples out. A minute closes when the
 * newest packet's minute is more than the allowed lateness ahead of it. A packet older than all open minutes (the
 * clock stepped back, or the capture files are not in order) closes them all and goes on from its own minute; it is
 * counted, never dropped. Memory is bounded: a full minute is given to the sink as a part, marked saturated, and
 * begins again. Not thread-safe.
 */
public final class FlowMinutes {
    /** How far a minute stays open behind the newest packet's. */
    public static final int LATENESS_SECONDS = 120;

    private static final int LATENESS_MINUTES = LATENESS_SECONDS / 60;
    private static final int OPEN = LATENESS_MINUTES + 1;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final FlowSink sink;
    private final int mostTuples;
    private final Minute[] open = new Minute[OPEN];
    private long newest = Long.MIN_VALUE;
    private Minute current;
    private int slot;
    private long currentFrom;
    private boolean inCurrent;
    private long stepsBack;
    private long saturatedParts;
    private long tuples;

    /**
     * An empty set of minutes.
     *
     * @param mostTuples the most tuples of an open minute held in memory, for each IP family
     */
    public FlowMinutes(int mostTuples, FlowSink sink) {
        this.sink = sink;
        this.mostTuples = mostTuples;
        for (int i = 0; i < OPEN; i++) {
            open[i] = new Minute(mostTuples);
        }
        current = open[0];
    }

    /**
     * Counts a packet.
     *
     * @param nanos its time in event time, nanoseconds since 1970-01-01 UTC
     * @param matches the packet rules it matched, one bit each
     */
    public void add(long nanos, PacketHeader header, long matches) {
        if (!inCurrent || nanos < currentFrom || nanos - currentFrom >= MINUTE_NANOS) {
            turnTo(Math.floorDiv(nanos, MINUTE_NANOS));
        }
        if (!current.add(header, matches)) {
            saturatedParts++;
            current.saturated = true;
            long time = current.time;
            emit(slot);
            current = open[slot];
            current.time = time;
            current.add(header, matches);
        }
    }

    private void turnTo(long minute) {
        if (minute > newest) {
            advance(minute);
        } else if (minute <= newest - OPEN) {
            stepsBack++;
            close();
            newest = minute;
        }
        slot = slot(minute);
        current = open[slot];
        current.time = minute * 60;
        currentFrom = minute * MINUTE_NANOS;
        inCurrent = true;
    }

    private void advance(long minute) {
        if (newest != Long.MIN_VALUE) {
            for (long closing = newest - LATENESS_MINUTES; closing <= Math.min(newest, minute - OPEN); closing++) {
                emit(slot(closing));
            }
        }
        newest = minute;
        inCurrent = false;
    }

    /**
     * Moves event time on without a packet, so that minutes close on a quiet sensor.
     *
     * @param nanos a time that no later packet is expected to be far behind
     */
    public void advanceTo(long nanos) {
        long minute = Math.floorDiv(nanos, MINUTE_NANOS);
        if (newest != Long.MIN_VALUE && minute > newest) {
            advance(minute);
        }
    }

    /** Closes all open minutes, oldest first. */
    public void close() {
        if (newest != Long.MIN_VALUE) {
            for (long closing = newest - LATENESS_MINUTES; closing <= newest; closing++) {
                emit(slot(closing));
            }
        }
    }

    private static int slot(long minute) {
        return (int) Math.floorMod(minute, (long) OPEN);
    }

    private void emit(int closing) {
        Minute minute = open[closing];
        int size = minute.size();
        if (size == 0) {
            return;
        }
        tuples += size;
        sink.minute(minute);
        if (sink.keeps()) {
            open[closing] = sink.spare() instanceof Minute spare ? spare : new Minute(mostTuples);
        } else {
            minute.clear();
        }
        inCurrent = false;
    }

    /** Flow tuples given to the sink so far. */
    public long tuples() {
        return tuples;
    }

    /** Packets that were older than every open minute. */
    public long stepsBack() {
        return stepsBack;
    }

    /** Parts of minutes that were given out early because the table was full. */
    public long saturatedParts() {
        return saturatedParts;
    }

    /** How many tuples of a minute are held at most. */
    public int mostTuples() {
        return mostTuples;
    }

    private static final class Minute implements FlowBatch {
        private final FlowTable4 v4;
        private final FlowTable6 v6;
        private int packed;
        private long time;
        private boolean saturated;

        private Minute(int most) {
            v4 = new FlowTable4(most);
            v6 = new FlowTable6(most);
        }

        private boolean add(PacketHeader header, long matches) {
            return header.ipv6 ? v6.add(header, matches) : v4.add(header, matches);
        }

        @Override
        public void clear() {
            v4.clear();
            v6.clear();
            packed = 0;
            saturated = false;
        }

        @Override
        public long time() {
            return time;
        }

        @Override
        public boolean saturated() {
            return saturated;
        }

        @Override
        public int size() {
            packed = v4.size();
            return packed + v6.size();
        }

        @Override
        public int packed() {
            return packed;
        }

        @Override
        public void packed(PackedSink to) {
            v4.packed(to);
        }

        @Override
        public void read(int index, FlowRow row) {
            row.time = time;
            if (index < packed) {
                v4.read(index, row);
            } else {
                v6.read(index - packed, row);
            }
        }
    }
}

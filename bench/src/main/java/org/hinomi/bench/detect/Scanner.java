package org.hinomi.bench.detect;

import org.hinomi.bench.detect.Truth.Intent;
import org.jspecify.annotations.Nullable;

/** A source that looks for services on some ports, on and off, at a rate with a daily rhythm. */
final class Scanner implements Actor {
    private static final double DAY = 86_400;
    private static final double SELDOM = 0.2;

    private final int source;
    private final int[] ports;
    private final double aMinute;
    private final @Nullable String mark;
    private final long end;
    private final Habit habit;
    private final Chance chance;
    private final Truth.@Nullable Group group;
    private long pause;

    /**
     * When a source is awake.
     *
     * @param on mean length of a stretch with packets, seconds; 0 for without end
     * @param off mean length of a pause, seconds
     * @param swing from 0, the same all day, to 1
     * @param peak second of the day with most packets
     */
    record Habit(double on, double off, double swing, int peak) {
        static final Habit STEADY = new Habit(0, 0, 0, 0);

        double rhythm(long minute) {
            return 1 + swing * Math.cos(2 * Math.PI * (minute - peak) / DAY);
        }
    }

    Scanner(
            int source,
            int[] ports,
            double aMinute,
            @Nullable String mark,
            long end,
            Habit habit,
            Chance chance,
            Truth.@Nullable Group group) {
        this.source = source;
        this.ports = ports;
        this.aMinute = aMinute;
        this.mark = mark;
        this.end = end;
        this.habit = habit;
        this.chance = chance;
        this.group = group;
    }

    @Override
    public long act(long minute, Air air) {
        if (minute >= end) {
            return NEVER;
        }
        if (pause == 0) {
            pause = habit.on == 0 ? end : minute + minutes(habit.on);
        }
        if (minute >= pause) {
            pause = 0;
            return minute + minutes(habit.off);
        }
        double mean = aMinute * habit.rhythm(minute);
        if (mean < SELDOM) {
            probe(chance.below(60), air);
            return minute + minutes(chance.exponential(60 / mean));
        }
        int count = chance.poisson(mean);
        for (int i = 0; i < count; i++) {
            probe(i * 60 / count, air);
        }
        return minute + 60;
    }

    private static long minutes(double seconds) {
        return Math.max(60, (long) (seconds / 60) * 60);
    }

    private void probe(int second, Air air) {
        int destination = Air.anywhere(chance);
        air.syn(source, destination, ports[chance.below(ports.length)], chance);
        if (mark != null) {
            air.mark(mark);
        }
        air.send(second, Intent.SCAN);
        if (group != null) {
            for (int port : ports) {
                group.ports().add(port);
            }
            group.members().putIfAbsent(Integer.toUnsignedLong(source), air.minute() + second);
        }
    }
}

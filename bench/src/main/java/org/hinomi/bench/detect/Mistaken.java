package org.hinomi.bench.detect;

import org.hinomi.bench.detect.Truth.Intent;
import org.hinomi.kernel.packet.TcpFlags;

/** Somebody who means another: asks the same dark address again and again, or answers where nobody asked. */
final class Mistaken implements Actor {
    /** What it does. */
    enum Habit {
        /** UDP to a server that is set wrongly: names, time, logs. */
        SERVER,
        /** TCP to a machine that moved, with repeats. */
        MOVED,
        /** UDP of peers to several dark addresses that others told of, each on a port of its own. */
        PEERS,
        /** Late answers of a server, one or a few. */
        STRAY
    }

    private static final int[] SERVERS = {53, 123, 514, 161};

    private final int source;
    private final Habit habit;
    private final double everySeconds;
    private final long end;
    private final Chance chance;
    private final int destination;
    private final int port;

    Mistaken(int source, Habit habit, double everySeconds, long end, Chance chance) {
        this.source = source;
        this.habit = habit;
        this.everySeconds = everySeconds;
        this.end = end;
        this.chance = chance;
        this.destination = Air.anywhere(chance);
        this.port = habit == Habit.SERVER ? SERVERS[chance.below(SERVERS.length)] : 1024 + chance.below(60_000);
    }

    @Override
    public long act(long minute, Air air) {
        if (minute >= end) {
            return NEVER;
        }
        int count = habit == Habit.MOVED ? 3 : habit == Habit.STRAY ? 1 + chance.below(2) : 1;
        for (int i = 0; i < count; i++) {
            packet(air);
            air.send(i * 3, Intent.MISTAKE);
        }
        return minute + Math.max(60, (long) chance.exponential(everySeconds) / 60 * 60);
    }

    private void packet(Air air) {
        switch (habit) {
            case SERVER -> air.udp(source, destination, port, chance);
            case MOVED -> air.syn(source, destination, port, chance);
            case PEERS -> air.udp(source, Air.DARK_BASE | chance.below(40), 20_000 + chance.below(40), chance);
            case STRAY -> air.answer(source, Air.anywhere(chance), 443, TcpFlags.RST, chance);
        }
    }
}

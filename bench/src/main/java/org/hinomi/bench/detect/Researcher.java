package org.hinomi.bench.detect;

import org.hinomi.bench.detect.Truth.Intent;

/** A research scanner: each day one port after another, a part of the dark space each, every address once. */
final class Researcher implements Actor {
    private static final int DAY = 86_400;
    private static final int STEP = 40_503;

    private final int source;
    private final int[] ports;
    private final int addresses;
    private final int minutes;
    private final int startOfDay;
    private final Chance chance;
    private int sent;
    private int start;

    /**
     * A scanner.
     *
     * @param addresses asked each day
     * @param minutes that it takes for them
     * @param startOfDay second of the day
     */
    Researcher(int source, int[] ports, int addresses, int minutes, int startOfDay, Chance chance) {
        this.source = source;
        this.ports = ports;
        this.addresses = addresses;
        this.minutes = minutes;
        this.startOfDay = startOfDay;
        this.chance = chance;
        this.start = chance.below(Air.DARK);
    }

    @Override
    public long act(long minute, Air air) {
        int count = Math.min(addresses / minutes, addresses - sent);
        int port = ports[(int) (minute / DAY % ports.length)];
        for (int i = 0; i < count; i++) {
            int destination = Air.DARK_BASE | (start + (sent + i) * STEP & Air.DARK - 1);
            air.syn(source, destination, port, chance);
            air.mark("zmap");
            air.send(i * 60 / count, Intent.SCAN);
        }
        sent += count;
        if (sent < addresses && count > 0) {
            return minute + 60;
        }
        sent = 0;
        start = chance.below(Air.DARK);
        return (minute / DAY + 1) * DAY + startOfDay / 60 * 60;
    }
}

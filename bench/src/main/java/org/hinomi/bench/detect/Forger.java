package org.hinomi.bench.detect;

import java.util.function.ToIntFunction;
import org.hinomi.bench.detect.Truth.Intent;

/** Packets whose sources are forged, each another: nobody's who is named. */
final class Forger implements Actor {
    private static final int[] TTLS = {32, 64, 128, 255};

    private final ToIntFunction<Chance> sources;
    private final double aMinute;
    private final long end;
    private final Chance chance;

    /**
     * A forger.
     *
     * @param sources draws the address that is put in
     */
    Forger(ToIntFunction<Chance> sources, double aMinute, long end, Chance chance) {
        this.sources = sources;
        this.aMinute = aMinute;
        this.end = end;
        this.chance = chance;
    }

    @Override
    public long act(long minute, Air air) {
        int count = chance.poisson(aMinute);
        for (int i = 0; i < count; i++) {
            int port = chance.in(0.5) ? Month.PORTS[chance.below(8)] : 1 + chance.below(65_535);
            var row = chance.in(0.8)
                    ? air.syn(sources.applyAsInt(chance), Air.anywhere(chance), port, chance)
                    : air.udp(sources.applyAsInt(chance), Air.anywhere(chance), port, chance);
            row.ttl = TTLS[chance.below(TTLS.length)] - chance.below(30);
            row.tcpSynWinLen = row.isSyn() ? chance.below(65_536) : 0;
            air.send(i * 60 / count, Intent.FORGED);
        }
        return minute + 60 >= end ? NEVER : minute + 60;
    }
}

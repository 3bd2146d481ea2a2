package org.hinomi.bench.detect;

import org.hinomi.bench.detect.Truth.Intent;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;

/** A victim of floods with forged sources: its answers, in one or more waves, to random dark addresses. */
final class Flooded implements Actor {
    /** What it answers with. */
    enum Answer {
        SYN_ACK,
        RESET,
        ECHO,
        UNREACHABLE
    }

    private final int source;
    private final int port;
    private final Answer answer;
    private final double aMinute;
    private final long end;
    private final Chance chance;

    Flooded(int source, int port, Answer answer, double aMinute, long end, Chance chance) {
        this.source = source;
        this.port = port;
        this.answer = answer;
        this.aMinute = aMinute;
        this.end = end;
        this.chance = chance;
    }

    @Override
    public long act(long minute, Air air) {
        if (minute >= end) {
            return NEVER;
        }
        int count = chance.poisson(aMinute * (0.5 + chance.unit()));
        for (int i = 0; i < count; i++) {
            answer(air);
            air.send(i * 60 / count, Intent.VICTIM);
        }
        return minute + 60;
    }

    private void answer(Air air) {
        int to = Air.anywhere(chance);
        switch (answer) {
            case SYN_ACK -> air.answer(source, to, port, TcpFlags.SYN | TcpFlags.ACK, chance);
            case RESET -> air.answer(source, to, port, TcpFlags.RST | TcpFlags.ACK, chance);
            case ECHO -> icmp(air.udp(source, to, 0, chance), 0, 0);
            case UNREACHABLE -> icmp(air.udp(source, to, 0, chance), 3, 3);
        }
    }

    private static void icmp(FlowRow row, int type, int code) {
        row.protocol = IpProtocol.ICMP;
        row.srcPort = type;
        row.dstPort = code;
    }
}

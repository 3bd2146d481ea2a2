package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.hinomi.kernel.flow.FlowRow;

/**
 * Days of made-up scans with the truth about outbreaks in them. The background: forty ports, the busiest with hundreds of
 * sources an hour, a daily rhythm, hours that vary, most sources passing, some that stay for long (heavy tails),
 * farms of one /24; twelve programs that make packets look
 * different. The outbreaks: bots that infect others, a slow scan of one packet a source and
 * hour, and bots that all send for some minutes and then all rest. The sources of an outbreak
 * run one program, mostly one that the background has too. A third is on a port that nobody asks for.
 */
final class Outbreaks {
    static final long START = 1_780_012_800;
    static final int LEARN_DAYS = 4;

    private static final int DAY = 86_400;
    private static final int PORTS = 40;

    /** How an outbreak goes on. */
    enum Sort {
        BOTS,
        SLOW,
        WAVES
    }

    /**
     * An outbreak.
     *
     * @param begins its first packet
     * @param ends its last packet
     * @param twentieth first packet of its 20th source
     */
    record Outbreak(Sort sort, int port, long begins, long ends, long twentieth) {}

    /** A packet to be. */
    private record Packet(long second, int source, int port, int shape) {}

    final List<Outbreak> outbreaks = new ArrayList<>();
    private final Random random;
    private final int days;
    private final PriorityQueue<Packet> packets = new PriorityQueue<>(
            java.util.Comparator.comparingLong(Packet::second).thenComparingInt(Packet::source));

    Outbreaks(long seed, int days, int count) {
        this.random = new Random(seed);
        this.days = days;
        for (int i = 0; i < count; i++) {
            long span = (days - LEARN_DAYS) * (long) DAY * 9 / 10;
            long begins = START + LEARN_DAYS * DAY + span * i / count + random.nextInt(3600);
            int port = i % 3 == 0 ? 10_000 + i : 1 + (i * 7) % PORTS;
            outbreak(Sort.values()[i / 3 % 3], port, begins);
        }
    }

    /** What packets look like: a few programs make most of the background. */
    private int look() {
        return (int) Math.min(11, exponential(3));
    }

    private int address() {
        return 0x1000_0000 + random.nextInt(0x7000_0000);
    }

    private double lognormal(double median, double sigma) {
        return median * Math.exp(sigma * random.nextGaussian());
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private void outbreak(Sort sort, int port, long begins) {
        List<Long> firsts = new ArrayList<>();
        long ends = 0;
        int sources = 40 + random.nextInt(160);
        double doubling = 1200 + random.nextInt(2400);
        double gap = 900 + random.nextInt(900);
        long period = 1800 + 60L * random.nextInt(30);
        long on = 300 + 60L * random.nextInt(6);
        int wave = 4 + random.nextInt(8);
        int shape = random.nextInt(16);
        for (int i = 0; i < sources; i++) {
            int source = address();
            List<Long> sent = switch (sort) {
                case BOTS ->
                    steady(begins + doubling * Math.log(1 + i / 2.0) / Math.log(2), 4 * 3600, lognormal(150, 0.5));
                case SLOW -> hourly(begins + i * gap, 24);
                case WAVES -> waves(begins, i / wave, period, on);
            };
            firsts.add(sent.getFirst());
            ends = Math.max(ends, sent.getLast());
            sent.forEach(second -> packets.add(new Packet(second, source, port, shape)));
        }
        firsts.sort(null);
        outbreaks.add(new Outbreak(sort, port, firsts.getFirst(), ends, firsts.get(19)));
    }

    private List<Long> steady(double from, double seconds, double gap) {
        List<Long> sent = new ArrayList<>(List.of((long) from));
        for (double at = from + exponential(gap); at < from + seconds; at += exponential(gap)) {
            sent.add((long) at);
        }
        return sent;
    }

    private List<Long> hourly(double from, int hours) {
        List<Long> sent = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            sent.add((long) (from + hour * 3600.0 + random.nextInt(360)));
        }
        return sent;
    }

    private List<Long> waves(long begins, int joins, long period, long on) {
        List<Long> sent = new ArrayList<>();
        for (int wave = joins; wave < joins + 12; wave++) {
            for (double at = exponential(60); at < on || sent.isEmpty(); at += exponential(90)) {
                sent.add(begins + wave * period + (long) Math.min(at, on));
            }
        }
        return sent;
    }

    /** Gives all tuples, minute by minute; the row is reused. */
    void emit(Consumer<FlowRow> to) {
        double[] level = new double[PORTS + 1];
        for (int minute = 0; minute < days * 1440; minute++) {
            long time = START + minute * 60L;
            double hour = minute / 60.0;
            for (int port = 1; port <= PORTS; port++) {
                if (minute % 60 == 0) {
                    level[port] = 400.0 / port * lognormal(1, 0.25);
                }
                double rate = level[port] / 60 * (1 + 0.5 * Math.cos((hour - port) * 2 * Math.PI / 24));
                for (int left = poisson(rate); left > 0; left--) {
                    visit(time + random.nextInt(60), port, address());
                }
            }
            if (random.nextInt(480) == 0) {
                farm(time);
            }
            give(time + 60, to);
        }
    }

    private int poisson(double mean) {
        int count = 0;
        for (double at = exponential(1); at < mean; at += exponential(1)) {
            count++;
        }
        return count;
    }

    private void visit(long from, int port, int source) {
        double kind = random.nextDouble();
        int look = look();
        if (kind < 0.7) {
            packets.add(new Packet(from, source, port, look));
        } else if (kind < 0.95) {
            steady(from, exponential(1200), lognormal(240, 0.8))
                    .forEach(at -> packets.add(new Packet(at, source, port, look)));
        } else {
            double seconds = Math.min(DAY, 1800 * Math.pow(1 - random.nextDouble(), -1 / 1.1));
            steady(from, seconds, lognormal(400, 0.8)).forEach(at -> packets.add(new Packet(at, source, port, look)));
        }
    }

    /** A /24 whose addresses ask for one port for half an hour. */
    private void farm(long from) {
        int port = 1 + random.nextInt(2 * PORTS);
        int block = address() & ~0xff;
        for (int i = 0; i < 64; i++) {
            int source = block + i;
            steady(from + random.nextInt(60), 1800, 200).forEach(at -> packets.add(new Packet(at, source, port, 3)));
        }
    }

    private void give(long until, Consumer<FlowRow> to) {
        while (!packets.isEmpty() && packets.peek().second() < until) {
            Packet packet = packets.poll();
            FlowRow row = Probes.syn(
                    packet.source(),
                    0xc612_0000 | random.nextInt(65_536),
                    packet.port(),
                    Math.floorDiv(packet.second(), 60) * 60);
            row.tcpSynWinLen = 1024 + packet.shape();
            to.accept(row);
        }
    }
}

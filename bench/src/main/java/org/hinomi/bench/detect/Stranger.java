package org.hinomi.bench.detect;

import org.hinomi.bench.detect.Truth.Intent;
import org.hinomi.kernel.flow.FlowRow;

/**
 * A patient operator who maps web administration and would rather see a part of the dark space than be seen.
 *
 * <p>His machines have nothing in common but a shuffled list of all dark addresses. Whoever sends next takes the next
 * address. Some are asked again later, as a list without any repetition would tie its askers together.
 *
 * <p>Nothing that happens at one time for all drives them. They join one by one over many days. Each keeps the waking
 * hours of its own time zone, has its own mean gap between packets, works for a tour of some days and rests for some.
 * The port of the service changes with each machine's own day, and some packets ask for what the crowd asks for.
 *
 * <p>Each tour wears another face, within what the crowd shows: a hop count and a window. Lengths, source ports and
 * sequence numbers stay the crowd's. Every third face shakes: its hop count changes by the packet, so that whoever
 * looks for forged sources takes it for one. For the same reason a quarter of what a machine sends names a
 * neighbour of its network, at a time of its own, so that the machine is one of many that seem to be forged. A few
 * probes look like the answers of a flooded web server; living machines betray themselves by resetting them.
 *
 * <p>Two machines in five get a new address of their network now and then, and another face with it.
 */
final class Stranger {
    private static final int HOUR = 3600;
    private static final int DAY = 24 * HOUR;

    private Stranger() {}

    /** Lets the operator come when the month is some days old. */
    static void arrive(Month month, Chance chance) {
        long days = month.end() - month.start();
        long arrival = month.start() + (long) ((0.3 + 0.3 * chance.unit()) * days);
        Plan plan = new Plan(month.truth().group("stranger"), chance.split());
        int machines = chance.between(60, 120);
        for (int i = 0; i < machines; i++) {
            int address = chance.in(0.08) ? month.addresses().own(chance) : Addresses.anywhere(chance);
            long joined = arrival + (long) (0.7 * chance.unit() * (month.end() - arrival));
            month.come(joined, new Machine(address, joined, plan, chance.split()));
        }
    }

    /** What the machines share. */
    private static final class Plan {
        /** Where the service may be. */
        private static final int[] SERVICE = {80, 8080, 8443, 81, 8888};

        private final Truth.Group group;
        private final int[] order = new int[Air.DARK];
        private int next;

        Plan(Truth.Group group, Chance chance) {
            this.group = group;
            for (int i = 0; i < order.length; i++) {
                int place = chance.below(i + 1);
                order[i] = order[place];
                order[place] = i;
            }
        }

        /** The next address of the list, or one of those before. */
        int destination(Chance chance) {
            int place = next > 0 && chance.in(0.2) ? chance.below(next) : next++;
            return Air.DARK_BASE | order[place % order.length];
        }

        static int service(Chance chance) {
            return SERVICE[chance.below(SERVICE.length)];
        }
    }

    /**
     * How a machine's packets look.
     *
     * @param ttl least hop count that is left
     * @param shake how many different hop counts there are
     * @param window of its SYN packets
     */
    private record Face(int ttl, int shake, int window) {
        static Face drawn(Chance chance) {
            return new Face(30 + chance.below(20), chance.in(1 / 3.0) ? 12 : 1, 1024 + chance.below(1 << 14));
        }

        void wear(FlowRow row, Chance chance) {
            row.ttl = ttl + chance.below(shake);
            // answers have no window of a SYN
            if (row.tcpSynWinLen != 0) {
                row.tcpSynWinLen = window;
            }
        }
    }

    /** One of the operator's machines. */
    private static final class Machine implements Actor {
        private static final double TOUR = 2.0 * DAY;
        private static final double REST = 2.0 * DAY;
        private static final double FORGED = 0.25;
        private static final double ANSWERS = 0.08;
        private static final double DECOYS = 0.25;
        private static final int SYN_ACK = 0x12;

        /** Addresses among which a machine moves: fewer than the smallest network that is watched over has. */
        private static final int NEIGHBOURS = 1 << 12;

        private final Plan plan;
        private final Chance chance;
        private final long cleaned;
        private final int zone;
        private final int wakes;
        private final int sleeps;
        private final double gap;
        private final boolean moving;
        private int address;
        private Face face;
        private long relief;
        private long day;
        private int port;

        Machine(int address, long joined, Plan plan, Chance chance) {
            this.address = address;
            this.plan = plan;
            this.chance = chance;
            cleaned = joined + (long) chance.exponential(20.0 * DAY);
            zone = chance.below(24) * HOUR;
            wakes = 7 * HOUR + chance.below(3 * HOUR);
            sleeps = 20 * HOUR + chance.below(4 * HOUR);
            // from four to forty minutes, as many machines in each octave
            gap = 240 * Math.pow(10, chance.unit());
            moving = chance.in(0.4);
            face = Face.drawn(chance);
            relief = joined + (long) chance.exponential(TOUR);
            day = (joined + zone) / DAY;
            port = Plan.service(chance);
        }

        @Override
        public long act(long minute, Air air) {
            if (minute >= cleaned) {
                return NEVER;
            }
            long local = minute + zone;
            int time = (int) (local % DAY);
            if (time < wakes || time >= sleeps) {
                return onDuty(minute + Math.floorMod(wakes - time, DAY) + chance.below(HOUR));
            }
            if (local / DAY != day) {
                day = local / DAY;
                rise();
            }
            send(chance.below(60), air);
            return onDuty(minute + 60 + (long) chance.exponential(gap));
        }

        /** The minute of a time, or one after a rest when the tour is over by then. */
        private long onDuty(long second) {
            long next = second;
            if (next >= relief) {
                next += (long) chance.exponential(REST);
                relief = next + (long) chance.exponential(TOUR);
                face = Face.drawn(chance);
            }
            return next / 60 * 60;
        }

        private void rise() {
            port = Plan.service(chance);
            if (moving && chance.in(0.3)) {
                address = neighbour();
                // the same face at another address would tell that both are one
                face = Face.drawn(chance);
            }
        }

        private int neighbour() {
            return (address & -NEIGHBOURS) | chance.below(NEIGHBOURS);
        }

        private int asked() {
            return chance.in(DECOYS) ? Month.PORTS[(int) chance.pareto(1, 0.9, Month.PORTS.length) - 1] : port;
        }

        private void send(int second, Air air) {
            // by itself, not along with a probe, as two packets of a network in a minute would be seen together
            if (chance.in(FORGED)) {
                face.wear(air.syn(neighbour(), Air.anywhere(chance), asked(), chance), chance);
                air.send(second, Intent.FORGED);
                return;
            }
            int destination = plan.destination(chance);
            FlowRow row = chance.in(ANSWERS)
                    ? air.answer(address, destination, chance.in(0.6) ? 443 : 80, SYN_ACK, chance)
                    : air.syn(address, destination, asked(), chance);
            face.wear(row, chance);
            air.send(second, Intent.SCAN);
            plan.group.members().putIfAbsent(Integer.toUnsignedLong(address), air.minute() + second);
        }
    }
}

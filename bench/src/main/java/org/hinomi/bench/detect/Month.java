package org.hinomi.bench.detect;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.hinomi.bench.detect.Scanner.Habit;
import org.hinomi.kernel.flow.FlowRow;
import org.jspecify.annotations.Nullable;

/** Some days of traffic to a /16: who sends, from when on, all drawn from a seed. */
final class Month {
    /** Ports by how much they are asked for. */
    static final int[] PORTS = {
        23, 22, 80, 443, 8080, 445, 3389, 2323, 5900, 8443, 6379, 81, 5060, 1433, 7547, 25, 5555, 3306, 8888, 9200,
        2375, 37_215, 60_023, 52_869, 8291, 5432, 27_017, 11_211, 4444, 10_000
    };

    private static final int DAY = 86_400;
    private static final double OWN = 0.06;
    private static final String[] MARKS = {"zmap", "masscan"};

    private record Due(long minute, int number, Actor actor) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::minute).thenComparingInt(Due::number));
    private final Chance chance;
    private final Truth truth = new Truth();
    private final Addresses addresses;
    private final long start;
    private final long end;
    private int number;

    /** A number of days from a minute on. */
    Month(long seed, long start, int days) {
        this.chance = new Chance(seed);
        this.addresses = new Addresses(chance.split());
        this.start = start;
        this.end = start + (long) days * DAY;
        background(days);
        researchers();
        outbreaks(days);
        slow(days);
        mimics(days);
        victims(days);
        forged(days);
        mistakes(days);
        Stranger.arrive(this, chance.split());
    }

    /** What is known of it. */
    Truth truth() {
        return truth;
    }

    Addresses addresses() {
        return addresses;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    /** Lets somebody come at a time. */
    void come(long second, Actor actor) {
        if (second < end) {
            queue.add(new Due(Math.max(start, second / 60 * 60), number++, actor));
        }
    }

    /** Sends everything: each tuple, and each minute when it is over. */
    long run(List<String> rules, Consumer<FlowRow> tuples, LongConsumer minutes) {
        Air air = new Air(rules, truth, tuples);
        for (long minute = start; minute < end; minute += 60) {
            air.begin(minute);
            while (!queue.isEmpty() && queue.element().minute <= minute) {
                Due due = queue.remove();
                long next = due.actor.act(minute, air);
                if (next < end) {
                    queue.add(new Due(Math.max(next, minute + 60), due.number, due.actor));
                }
            }
            minutes.accept(minute);
        }
        truth.end();
        return air.packets();
    }

    private int port() {
        return PORTS[Math.min(PORTS.length - 1, (int) chance.pareto(1, 0.9, PORTS.length) - 1)];
    }

    private @Nullable String mark(double often) {
        return chance.in(often) ? MARKS[chance.below(MARKS.length)] : null;
    }

    /** Scanners of all sorts that come and go, most of them slow, a few very busy. */
    private void background(int days) {
        for (int i = 0; i < 400 + days * 130; i++) {
            long from = i < 400 ? start : start + (long) (chance.unit() * days * DAY);
            int[] ports = new int[chance.in(0.7) ? 1 : 2 + chance.below(4)];
            java.util.Arrays.setAll(ports, k -> port());
            double rate = chance.pareto(0.02, 0.9, 15);
            Habit habit = new Habit(4 * 3600, 5 * 3600, 0.6 * chance.unit(), 14 * 3600 + chance.below(6 * 3600));
            long until = from + (long) chance.exponential(3.0 * DAY);
            int source = addresses.some(chance, OWN);
            come(from, new Scanner(source, ports, rate, mark(0.3), until, habit, chance.split(), null));
        }
    }

    private void researchers() {
        for (int i = 0; i < 8; i++) {
            int[] ports = {port(), port(), port(), 443, 22};
            int begin = chance.below(20 * 3600);
            Actor actor = new Researcher(Addresses.anywhere(chance), ports, 5400, 120, begin, chance.split());
            come(start + begin, actor);
        }
    }

    /** Botnets that grow over some days: each bot steady at its port, a fifth of them sleeping for days in between. */
    private void outbreaks(int days) {
        for (int i = 0; i < Math.max(1, days / 3); i++) {
            Truth.Group group = truth.group("outbreak " + i);
            long from = start + (long) ((0.15 + 0.8 * chance.unit()) * days * DAY);
            int[] ports = chance.in(0.5)
                    ? new int[] {port()}
                    : new int[] {1024 + chance.below(60_000), 1024 + chance.below(60_000)};
            String mark = chance.in(0.5) ? "mirai" : null;
            double growth = (0.4 + 2 * chance.unit()) * DAY;
            int members = chance.between(40, 160);
            for (int bot = 0; bot < members; bot++) {
                long infected = from + (long) (growth * Math.sqrt(bot / (double) members));
                Habit habit = chance.in(0.2)
                        ? new Habit(1.0 * DAY, 1.5 * DAY, 0.3, 12 * 3600)
                        : new Habit(0, 0, 0.3, 12 * 3600);
                long cured = infected + (long) chance.exponential(5.0 * DAY);
                int source = addresses.some(chance, OWN);
                double rate = chance.pareto(0.15, 1.5, 3);
                come(infected, new Scanner(source, ports, rate, mark, cured, habit, chance.split(), group));
            }
        }
    }

    /** Very many sources that share one scan: one packet an hour each. */
    private void slow(int days) {
        Truth.Group group = truth.group("one an hour");
        long from = start + (long) (0.5 * days * DAY);
        int[] ports = {1024 + chance.below(60_000)};
        for (int i = 0; i < 240; i++) {
            int source = Addresses.anywhere(chance);
            long begin = from + chance.below(3600);
            come(
                    begin,
                    new Scanner(source, ports, 1 / 60.0, null, from + 4L * DAY, Habit.STEADY, chance.split(), group));
        }
    }

    /** Who knows how scans are found: below each threshold, on the ports and with the rhythm of the background. */
    private void mimics(int days) {
        Truth.Group group = truth.group("mimics");
        long from = start + (long) (0.6 * days * DAY);
        for (int i = 0; i < 80; i++) {
            int[] ports = {port(), port(), port()};
            Habit habit = new Habit(3 * 3600, 4 * 3600, 0.5, 15 * 3600);
            int source = addresses.some(chance, OWN);
            long begin = from + chance.below(2 * DAY);
            come(begin, new Scanner(source, ports, 1 / 12.0, null, end, habit, chance.split(), group));
        }
    }

    private void victims(int days) {
        Flooded.Answer[] answers = Flooded.Answer.values();
        for (int i = 0; i < days * 25; i++) {
            long from = start + (long) (chance.unit() * days * DAY);
            long until = from + (long) chance.pareto(120, 0.7, 6 * 3600);
            double rate = chance.pareto(2, 0.6, 600);
            int source = addresses.some(chance, OWN);
            Flooded.Answer answer = answers[Math.min(3, (int) chance.pareto(1, 1.2, 5) - 1)];
            come(from, new Flooded(source, chance.in(0.6) ? 443 : 80, answer, rate, until, chance.split()));
        }
    }

    /** Forged sources, about one packet in twenty; and somebody who forges those of one organisation. */
    private void forged(int days) {
        come(start, new Forger(Addresses::anywhere, 20, end, chance.split()));
        for (int i = 0; i < Math.max(1, days / 6); i++) {
            int base = addresses.bases().get(chance.below(Addresses.ORGANISATIONS));
            long from = start + (long) (chance.unit() * days * DAY);
            come(from, new Forger(draws -> base | draws.below(Addresses.SIZE), 10, from + 7200, chance.split()));
        }
    }

    private void mistakes(int days) {
        Mistaken.Habit[] habits = Mistaken.Habit.values();
        for (int i = 0; i < 150 + days * 40; i++) {
            long from = start + (long) (chance.unit() * days * DAY);
            long until = from + (long) chance.exponential(4.0 * DAY);
            Mistaken.Habit habit = habits[i % habits.length];
            int source = addresses.some(chance, 2 * OWN);
            double every = habit == Mistaken.Habit.STRAY ? 20_000 : 60 + chance.exponential(1800);
            come(from, new Mistaken(source, habit, every, until, chance.split()));
        }
    }
}

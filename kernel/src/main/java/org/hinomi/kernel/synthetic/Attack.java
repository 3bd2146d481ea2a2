package org.hinomi.kernel.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A denial of service against a victim, with forged sources, some of which are our dark addresses: what we see of it is
 * the victim's answers.
 *
 * @param number of the victim among the sources of {@link Mix#VICTIMS}
 * @param answer how the victim answers
 * @param port the attacked port
 * @param begin when it begins, as a part of the recording
 * @param end when it ends
 * @param weight how strong it is against the others
 */
record Attack(int number, Answer answer, int port, double begin, double end, double weight) {
    private static final int MOST = 2000;
    private static final double AN_HOUR = 25;
    private static final double HOUR = 3600e9;
    private static final int[] PORTS = {80, 443, 80, 443, 22, 25_565, 3389, 8080, 53, 7777};

    /** How a victim answers. */
    enum Answer {
        SYN_ACK,
        SYN_ACK_MORE,
        RESET,
        UNREACHABLE,
        DNS_ANSWER,
        ECHO_ANSWER;

        String id() {
            return this == SYN_ACK_MORE ? SYN_ACK.id() : name().toLowerCase(Locale.ROOT);
        }
    }

    /** The attacks of a recording; another recording with the same seed has others. */
    static List<Attack> plan(long seed, long startNanos, long durationNanos) {
        SplitMix random = new SplitMix(SplitMix.of(SplitMix.mix(seed), startNanos));
        int first = random.below(SourceAddresses.MOST_SOURCES - MOST);
        int count = (int) Math.clamp(durationNanos / HOUR * AN_HOUR, 12, MOST);
        List<Attack> attacks = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            // From a minute of a day to a quarter of it; few are long and few are strong.
            double length = StrictMath.pow(2, -2 - 8.5 * random.unit());
            double begin = random.unit() * (1 - length);
            double weight = StrictMath.pow(random.unit() + 1e-3, -0.9);
            Answer answer = Answer.values()[random.below(Answer.values().length)];
            int port = answer == Answer.DNS_ANSWER ? 53 : PORTS[random.below(PORTS.length)];
            attacks.add(new Attack(first + number, answer, port, begin, begin + length, weight));
        }
        return attacks;
    }

    /** How much of the span from one part of the recording to another the attack is on, times its weight. */
    double weightWithin(double from, double to) {
        return Math.max(0, Math.min(end, to) - Math.max(begin, from)) * weight;
    }
}

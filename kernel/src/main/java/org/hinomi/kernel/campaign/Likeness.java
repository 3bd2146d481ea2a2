package org.hinomi.kernel.campaign;

/**
 * How far apart two behaviours are: 0 for the same, 1 for those that have no service in common or of which one has
 * another tool's mark. The weights were chosen on made-up months; see the page on campaigns.
 */
final class Likeness {
    private static final double SERVICES = 1;
    private static final double FAMILY = 1;

    /** The most that the time of the first packet adds, and the same of rate, duty and number of services. */
    private static final double ONSET = 0.5;

    private static final double RATE = 0.35;
    private static final double DUTY = 0.35;
    private static final double BREADTH = 0.3;

    /** Days between first packets beyond which more days make no difference. */
    private static final double ONSET_DAYS = 4;

    /** Octaves of rate, and of the number of services, beyond which more make no difference. */
    private static final double RATE_OCTAVES = 4;

    private static final double BREADTH_OCTAVES = 3;

    private Likeness() {}

    /** The distance of two behaviours. */
    static double distance(Profile one, Profile other) {
        double onset = ONSET * part(one.onset() - other.onset(), ONSET_DAYS);
        double timeless = timeless(one, other);
        return Math.sqrt(timeless * timeless + onset * onset);
    }

    /** The distance of two behaviours, whenever they began. */
    static double timeless(Profile one, Profile other) {
        double services = SERVICES * (1 - one.affinity(other));
        double family = one.family().equals(other.family()) ? 0 : FAMILY;
        double rate = RATE * part(one.rate() - other.rate(), RATE_OCTAVES);
        double duty = DUTY * part(one.duty() - other.duty(), 1);
        double breadth = BREADTH * part(one.breadth() - other.breadth(), BREADTH_OCTAVES);
        return Math.sqrt(services * services + family * family + rate * rate + duty * duty + breadth * breadth);
    }

    private static double part(double difference, double most) {
        return Math.min(1, Math.abs(difference) / most);
    }
}

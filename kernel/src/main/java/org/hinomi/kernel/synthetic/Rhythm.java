package org.hinomi.kernel.synthetic;

/**
 * How a family's rate goes up and down with the hours, by UTC.
 *
 * @param peakHour hour of the highest rate, 0 to 23
 * @param swing how far it goes above and below the average, 0 to 1
 * @param grows whether it is an outbreak: hardly there in the first third of the recording, then it spreads
 */
record Rhythm(int peakHour, double swing, boolean grows) {
    private static final double HOURS = 24;
    private static final double MIDDLE = 0.45;
    private static final double STEEPNESS = 18;

    static final Rhythm STEADY = new Rhythm(0, 0, false);
    static final Rhythm GROWING = new Rhythm(14, 0.2, true);

    static Rhythm peak(int hour, double swing) {
        return new Rhythm(hour, swing, false);
    }

    /**
     * The rate against the average.
     *
     * @param hour hours since midnight
     * @param part how much of the recording is over, 0 to 1
     */
    double at(double hour, double part) {
        double level = 1 + swing * StrictMath.cos((hour - peakHour) * 2 * Math.PI / HOURS);
        return grows ? level / (1 + StrictMath.exp(-(part - MIDDLE) * STEEPNESS)) : level;
    }
}

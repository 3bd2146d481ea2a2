package org.hinomi.kernel.series;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What counts to expect in the next bin of time, learned from the same hours of earlier days and from the last hours.
 * Works on {@code y = 2 sqrt(x + 3/8)}, of which chance alone makes the same error everywhere (Anscombe, Biometrika
 * 1948). A level for each hour of the day follows by exponential smoothing over about a week, between hours it is a
 * straight line; what the last two hours were above it is added, what they were below it is not: after an outage nothing
 * is a surprise. Errors count three times the usual error at most, so that a single extreme bin teaches little (the
 * robust smoothing of Gelper et al., Journal of Forecasting 2010).
 */
public final class DailyRhythm {
    /** Bytes of memory, about. */
    public static final int BYTES = 24 * 4 + 72;

    private static final int DAY = 86_400;
    private static final int HOUR = 3600;
    private static final int HOURS = 24;
    private static final double MEMORY_DAYS = 7;
    private static final double NEAR = 0.15;
    private static final double CLIP = 3;
    private static final double OUTLIER = 2;
    private static final int FIRST_DAYS = 3;
    private static final double SPREAD_BINS = 288;
    private static final double LEAST_MEAN = 0.02;
    private static final double OF_ANSCOMBE = 3.0 / 8;
    private static final double LEAST_DISPERSION = 0.01;

    private final float[] hours = new float[HOURS];
    private double near;
    private double spread;
    private long bins;

    /** One that has seen nothing but zeros for so many bins. */
    public static DailyRhythm quiet(long bins) {
        DailyRhythm rhythm = new DailyRhythm();
        java.util.Arrays.fill(rhythm.hours, (float) steady(0));
        rhythm.bins = bins;
        return rhythm;
    }

    private static double steady(double count) {
        return 2 * Math.sqrt(count + OF_ANSCOMBE);
    }

    /** How many bins it has learned from. */
    public long bins() {
        return bins;
    }

    /** The count to expect in a bin that begins at a time, seconds since 1970-01-01 UTC. */
    public double mean(long time, int binSeconds) {
        double y = usual(time + binSeconds / 2) + Math.max(0, near);
        return Math.max(LEAST_MEAN, (y * y + spread) / 4 - OF_ANSCOMBE);
    }

    /** How much counts vary beyond chance, for {@link CountTail}. */
    public double dispersion(double mean) {
        return Math.max(LEAST_DISPERSION, (spread - 1) / mean);
    }

    /** The count of a usual day. */
    public double day(int binSeconds) {
        double sum = 0;
        for (float hour : hours) {
            sum += Math.max(0, ((double) hour * hour + spread) / 4 - OF_ANSCOMBE);
        }
        return sum * HOUR / binSeconds;
    }

    /** The level at a moment, on the line between the middles of two hours. */
    private double usual(long moment) {
        double at = (Math.floorMod(moment, DAY) - HOUR / 2.0) / HOUR;
        int before = (int) Math.floor(at);
        double part = at - before;
        return hours[Math.floorMod(before, HOURS)] * (1 - part) + hours[Math.floorMod(before + 1, HOURS)] * part;
    }

    /**
     * Learns the count of a bin.
     *
     * @param surge whether it is part of a surge: then the last hours are not what is usual
     */
    public void learn(long time, int binSeconds, double count, boolean surge) {
        double perHour = Math.max(1, (double) HOUR / binSeconds);
        double perDay = (double) DAY / binSeconds;
        double middle = usual(time + binSeconds / 2);
        boolean firstDay = bins < perDay;
        double y = steady(count);
        double limit = firstDay ? Double.MAX_VALUE : CLIP * Math.sqrt(Math.max(1, spread));
        double off = Math.clamp(y - middle, -limit, limit);
        if (!firstDay && !surge) {
            learnSpread(off - Math.max(0, near), bins - perDay, bins < FIRST_DAYS * perDay);
        }
        int hour = (int) (Math.floorMod(time, DAY) / HOUR);
        double seen = firstDay ? Math.min(bins, Math.floorMod(time, HOUR) / binSeconds) : bins / HOURS;
        double gain = Math.max(1 / (seen + 1), 1 / (MEMORY_DAYS * perHour));
        double target = firstDay ? y - hours[hour] : off;
        hours[hour] += (float) (gain * target);
        if (!surge) {
            near += NEAR * (off - near);
        }
        bins++;
    }

    /** An error beyond the usual is more usual than was thought; later on it hardly is, so that an outage teaches little. */
    private void learnSpread(double error, double seen, boolean early) {
        double most = CLIP * CLIP * Math.max(1, spread);
        double square = error * error <= most ? error * error : early ? most : OUTLIER * Math.max(1, spread);
        spread += (square - spread) * Math.max(1 / (seen + 1), 1 / SPREAD_BINS);
    }

    /** Takes a count that stays for what is usual from now on, at all hours alike. */
    public void settle(long time, int binSeconds, double count) {
        double by = steady(count) - usual(time + binSeconds / 2);
        for (int hour = 0; hour < HOURS; hour++) {
            hours[hour] = (float) Math.max(steady(0), hours[hour] + by);
        }
        near = 0;
    }

    /** Forgets what the last hours were above the usual. */
    public void calm() {
        near = 0;
    }

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        for (float hour : hours) {
            out.writeFloat(hour);
        }
        out.writeDouble(near);
        out.writeDouble(spread);
        out.writeLong(bins);
    }

    /** Reads what {@link #write} wrote. */
    public static DailyRhythm read(DataInput in) throws IOException {
        DailyRhythm rhythm = new DailyRhythm();
        for (int hour = 0; hour < HOURS; hour++) {
            rhythm.hours[hour] = in.readFloat();
        }
        rhythm.near = in.readDouble();
        rhythm.spread = in.readDouble();
        rhythm.bins = in.readLong();
        return rhythm;
    }
}

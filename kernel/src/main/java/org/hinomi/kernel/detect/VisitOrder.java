package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/**
 * The order in which a source visits IPv4 addresses, as far as flow tuples tell: which addresses of a minute came first
 * is not known, so that a walk shows in how the minutes follow one another, and a permutation in that fewer addresses
 * come again than by chance.
 */
public final class VisitOrder {
    /** What is made of it. */
    public enum Order {
        /** Minute by minute upwards, or downwards. */
        SEQUENTIAL,
        /** Each address about once, in no order that shows: a permutation of the space, as ZMap and masscan walk it. */
        PERMUTED,
        /** As if each address were drawn anew. */
        RANDOM,
        /** The same addresses more often than by chance. */
        REPEATED,
        /** Too little to tell. */
        UNKNOWN;

        /** The name in JSON. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final int BYTES = 56;

    private static final int LEAST_STEPS = 5;
    private static final double NEARLY_ALL = 0.9;
    private static final double ESTIMATE_ERROR = 0.07;
    private static final double DEVIATIONS = 3;

    private long minute;
    private int beforeLow;
    private int beforeHigh;
    private int low;
    private int high;
    private int minutes;
    private int upwards;
    private int downwards;

    /** Takes a visit; minutes never go back. */
    public void add(int address, long at) {
        if (minutes > 0 && at == minute) {
            low = Integer.compareUnsigned(address, low) < 0 ? address : low;
            high = Integer.compareUnsigned(address, high) > 0 ? address : high;
            return;
        }
        upwards += ascends() ? 1 : 0;
        downwards += descends() ? 1 : 0;
        beforeLow = low;
        beforeHigh = high;
        low = high = address;
        minute = at;
        minutes++;
    }

    private boolean ascends() {
        return minutes > 1 && Integer.compareUnsigned(low, beforeHigh) > 0;
    }

    private boolean descends() {
        return minutes > 1 && Integer.compareUnsigned(high, beforeLow) < 0;
    }

    /**
     * What it is.
     *
     * @param packets sent
     * @param destinations different addresses reached
     * @param estimated whether their number is an estimate
     * @param dark addresses there are
     */
    public Order judge(long packets, long destinations, boolean estimated, long dark) {
        int steps = minutes - 1;
        if (steps >= LEAST_STEPS) {
            int up = upwards + (ascends() ? 1 : 0);
            int down = downwards + (descends() ? 1 : 0);
            if (Math.max(up, down) >= NEARLY_ALL * steps) {
                return Order.SEQUENTIAL;
            }
        }
        double load = (double) packets / dark;
        double missed = StrictMath.exp(-load);
        double drawn = dark * (1 - missed);
        double deviation = Math.sqrt(Math.max(0, dark * missed * (1 - (1 + load) * missed)));
        double margin = 1 + DEVIATIONS * deviation + (estimated ? ESTIMATE_ERROR * destinations : 0);
        if (destinations < drawn - margin) {
            return Order.REPEATED;
        }
        if (packets <= drawn + margin) {
            return Order.UNKNOWN;
        }
        return destinations > drawn + margin ? Order.PERMUTED : Order.RANDOM;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(minute);
        for (int number : new int[] {beforeLow, beforeHigh, low, high, minutes, upwards, downwards}) {
            out.writeInt(number);
        }
    }

    static VisitOrder read(DataInput in) throws IOException {
        VisitOrder order = new VisitOrder();
        order.minute = in.readLong();
        order.beforeLow = in.readInt();
        order.beforeHigh = in.readInt();
        order.low = in.readInt();
        order.high = in.readInt();
        order.minutes = in.readInt();
        order.upwards = in.readInt();
        order.downwards = in.readInt();
        return order;
    }
}

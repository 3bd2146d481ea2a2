package org.hinomi.kernel.synthetic;

/** Draws an index by given weights in constant time (Walker 1977, in Vose's form). Its memory is used again. */
final class Alias {
    private final double[] keep;
    private final int[] other;
    private final int[] small;
    private final int[] large;
    private int size;

    Alias(int most) {
        keep = new double[most];
        other = new int[most];
        small = new int[most];
        large = new int[most];
    }

    /** Takes the first weights of an array; at least one must be more than 0. */
    void set(double[] weights, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += weights[i];
        }
        size = count;
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < count; i++) {
            keep[i] = weights[i] * count / sum;
            other[i] = i;
            if (keep[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int less = small[--smalls];
            int more = large[larges - 1];
            other[less] = more;
            keep[more] -= 1 - keep[less];
            if (keep[more] < 1) {
                larges--;
                small[smalls++] = more;
            }
        }
        // What is left is 1 but for rounding.
        while (smalls > 0) {
            int rest = small[--smalls];
            keep[rest] = weights[rest] > 0 ? 1 : keep[rest];
        }
    }

    int next(SplitMix random) {
        int index = random.below(size);
        return random.unit() < keep[index] ? index : other[index];
    }
}

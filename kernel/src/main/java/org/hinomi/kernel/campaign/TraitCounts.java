package org.hinomi.kernel.campaign;

/** The commonest value of a field, in four counters (Space-Saving; Metwally et al., ICDT 2005). */
final class TraitCounts {
    private static final int MOST = 4;

    private final int[] values = new int[MOST];
    private final long[] packets = new long[MOST];
    private int size;
    private long all;

    void add(int value, long count) {
        int at = 0;
        while (at < size && values[at] != value) {
            at++;
        }
        if (at == MOST) {
            at = 0;
            for (int i = 1; i < MOST; i++) {
                at = packets[i] < packets[at] ? i : at;
            }
        } else if (at == size) {
            size++;
        }
        values[at] = value;
        packets[at] += count;
        all += count;
    }

    Trait foremost() {
        int foremost = -1;
        for (int i = 0; i < size; i++) {
            boolean more = foremost < 0
                    || packets[i] > packets[foremost]
                    || packets[i] == packets[foremost] && values[i] < values[foremost];
            foremost = more ? i : foremost;
        }
        return foremost < 0 ? Trait.NONE : new Trait(values[foremost], (double) packets[foremost] / all);
    }
}

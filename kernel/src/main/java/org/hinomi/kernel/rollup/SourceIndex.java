package org.hinomi.kernel.rollup;

import java.util.Arrays;
import org.hinomi.kernel.flow.HashSeed;
import org.hinomi.kernel.flow.TupleWords;

/**
 * Numbers the IPv4 sources of a run of packed tuples, so that what is done once a source and minute (finding its
 * record, its country, its network) is not done once a tuple. A darknet's source sends several tuples a minute.
 */
final class SourceIndex {
    private int[] slots = new int[1 << 10];
    private int[] numbers = new int[1 << 8];
    private int[] sources = new int[1 << 8];
    private int size;

    /** Numbers the sources of some tuples from 0, in order of their first tuple; the answer is how many there are. */
    int number(long[] words, int count) {
        int bits = Math.max(6, Integer.SIZE - Integer.numberOfLeadingZeros(count));
        prepare(count, 1 << bits);
        int shift = Integer.SIZE - bits;
        int mask = (1 << bits) - 1;
        for (int i = 0; i < count; i++) {
            int source = (int) TupleWords.source(words[i * TupleWords.WORDS]);
            int slot = (source ^ (int) HashSeed.VALUE) * 0x85eb_ca6b >>> shift;
            int number = slots[slot] - 1;
            while (number >= 0 && sources[number] != source) {
                slot = slot + 1 & mask;
                number = slots[slot] - 1;
            }
            if (number < 0) {
                number = size;
                sources[size++] = source;
                slots[slot] = size;
            }
            numbers[i] = number;
        }
        return size;
    }

    private void prepare(int count, int wanted) {
        if (slots.length < wanted) {
            slots = new int[wanted];
        } else {
            Arrays.fill(slots, 0, wanted, 0);
        }
        if (numbers.length < count) {
            numbers = new int[Math.max(count, numbers.length * 2)];
            sources = new int[numbers.length];
        }
        size = 0;
    }

    /** The number of a tuple's source. */
    int of(int tuple) {
        return numbers[tuple];
    }

    /** The source of a number, an IPv4 address. */
    long source(int number) {
        return Integer.toUnsignedLong(sources[number]);
    }
}

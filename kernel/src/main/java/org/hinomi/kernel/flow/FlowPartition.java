package org.hinomi.kernel.flow;

import static org.hinomi.kernel.flow.TupleWords.COUNT;
import static org.hinomi.kernel.flow.TupleWords.MATCHES;
import static org.hinomi.kernel.flow.TupleWords.MATCHES_SHIFT;
import static org.hinomi.kernel.flow.TupleWords.MIXED;
import static org.hinomi.kernel.flow.TupleWords.WORDS;

import java.util.Arrays;
import org.hinomi.kernel.packet.PacketHeader;

/**
 * The IPv4 flow tuples of one part of all sources: a small table of slots (a record's index, and a tag in the bits that
 * the index leaves) that point into records of {@link TupleWords} lying one after the other. Packets are put behind the
 * records as they come; a block of them is then looked up at once, so that the cache misses of the block overlap, and
 * those of tuples that are there already are counted there and give their place back.
 */
final class FlowPartition {
    static final int BLOCK = 64;

    private static final int KEY_BITS_OF_FLAGS = 0x1ff;
    private static final int FEWEST = 64;

    private final int indexMask;
    private final long[] hashes;
    private final MixedMatches mixed = new MixedMatches();
    private int[] slots = new int[2 * FEWEST];
    private long[] words = new long[FEWEST * WORDS];
    private int size;
    private int pending;
    private int ordinary;
    private int touched;

    /**
     * An empty partition.
     *
     * @param most the most tuples it will hold
     * @param hashes room for {@link #BLOCK} numbers, which partitions share
     */
    FlowPartition(int most, long[] hashes) {
        this.indexMask = (Integer.highestOneBit(most) << 1) - 1;
        this.hashes = hashes;
    }

    /** Takes a packet; the answer is how many packets gave their place back meanwhile. */
    int add(PacketHeader header, long addresses, long matches) {
        int merged = pending == BLOCK ? settle() : 0;
        int at = (size + pending) * WORDS;
        if (at == words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        words[at] = addresses;
        TupleWords.write(header, matches, words, at + 1);
        pending++;
        return merged;
    }

    private static long hash(long[] words, int at) {
        long h = (words[at] ^ HashSeed.VALUE) * 0x9e3779b97f4a7c15L
                ^ words[at + 1] * 0xc2b2ae3d27d4eb4fL
                ^ (words[at + 2] & KEY_BITS_OF_FLAGS) * 0x165667b19e3779f9L;
        h = (h ^ h >>> 32) * 0xd6e8feb86659fd93L;
        return h ^ h >>> 29;
    }

    /** Looks the packets of the block up; the answer is how many belong to tuples that are there. */
    int settle() {
        while ((size + pending) * 2 > slots.length) {
            grow();
        }
        int mask = slots.length - 1;
        int sum = 0;
        for (int i = 0; i < pending; i++) {
            long hash = hash(words, (size + i) * WORDS);
            hashes[i] = hash;
            sum += slots[(int) (hash >>> 32) & mask];
        }
        touched = sum;
        int from = size * WORDS;
        int merged = 0;
        for (int i = 0; i < pending; i++) {
            merged += settle(hashes[i], from, mask);
            from += WORDS;
        }
        pending = 0;
        return merged;
    }

    /** Looks a packet up; 1 when its tuple is there, and 0 when it became a tuple. */
    private int settle(long hash, int from, int mask) {
        int slot = (int) (hash >>> 32) & mask;
        int tag = (int) hash & ~indexMask;
        int entry = slots[slot];
        while (entry != 0) {
            if ((entry & ~indexMask) == tag) {
                int index = (entry & indexMask) - 1;
                if (same(index * WORDS, from)) {
                    again(index, words[from + 2]);
                    return 1;
                }
            }
            slot = slot + 1 & mask;
            entry = slots[slot];
        }
        int to = size * WORDS;
        if (to != from) {
            System.arraycopy(words, from, words, to, WORDS);
        }
        size++;
        slots[slot] = tag | size;
        return 0;
    }

    private boolean same(int record, int packet) {
        return words[record] == words[packet]
                && words[record + 1] == words[packet + 1]
                && ((words[record + 2] ^ words[packet + 2]) & KEY_BITS_OF_FLAGS) == 0;
    }

    private void again(int index, long packet) {
        int flags = index * WORDS + 2;
        long word = words[flags];
        long matches = packet >>> MATCHES_SHIFT & MATCHES;
        if ((word & MIXED) != 0) {
            mixed.add(index, matches);
        } else if ((word >>> MATCHES_SHIFT & MATCHES) != matches) {
            mixed.begin(index, word >>> MATCHES_SHIFT & MATCHES, words[flags + 1] & COUNT);
            mixed.add(index, matches);
            words[flags] = word | MIXED;
        }
        words[flags + 1]++;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int index = 0; index < size; index++) {
            long hash = hash(words, index * WORDS);
            int slot = (int) (hash >>> 32) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = (int) hash & ~indexMask | index + 1;
        }
    }

    int size() {
        return size;
    }

    /** The words of all tuples. */
    long[] words() {
        return words;
    }

    /** Sets the match counts of a row, where not all packets matched the same rules. */
    void readMixed(int index, FlowRow row) {
        if ((words[index * WORDS + 2] & MIXED) != 0) {
            mixed.read(index, row);
        }
    }

    /** Forgets all tuples; keeps the memory of an ordinary minute, lets go of that of an extraordinary one. */
    void clear() {
        ordinary = Math.max(Math.max(size, FEWEST), ordinary - ordinary / 8);
        int wanted = Integer.highestOneBit(ordinary) << 2;
        if (slots.length > wanted * 4) {
            slots = new int[wanted];
            words = new long[wanted / 2 * WORDS];
        } else {
            Arrays.fill(slots, 0);
        }
        mixed.clear();
        size = 0;
        pending = 0;
    }
}

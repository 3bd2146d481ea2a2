package org.hinomi.kernel.flow;

import static org.hinomi.kernel.flow.TupleWords.COUNT;
import static org.hinomi.kernel.flow.TupleWords.MATCHES;
import static org.hinomi.kernel.flow.TupleWords.MATCHES_SHIFT;
import static org.hinomi.kernel.flow.TupleWords.MIXED;

import java.util.Arrays;
import org.hinomi.kernel.packet.PacketHeader;

/**
 * The IPv6 flow tuples of one minute, on primitives: a small table of slots (a record's index, and a tag
 * in the bits that the index leaves) that point into records lying one after the other, so that closing a minute reads
 * sequentially. Memory latency is what a packet costs here, so packets gather in a block first; then the slots of the
 * whole block are touched, where the misses overlap, and then they are looked up.
 *
 * <p>A record is four words of addresses, then those of {@link TupleWords} behind the addresses. Where packets of a
 * tuple matched different rules, {@link MixedMatches} counts them.
 */
final class FlowTable6 {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int BLOCK = 128;
    private static final int FEWEST = 1 << 9;
    private static final long KEY_BITS_OF_FLAGS = 0x1ff;
    private static final int ADDRESS_WORDS = 4;
    private static final int STRIDE = ADDRESS_WORDS + TupleWords.WORDS - 1;

    private final int most;
    private final int indexMask;
    private final long[] block;
    private final long[] hashes = new long[BLOCK];
    private final MixedMatches mixed = new MixedMatches();
    private int[] slots = new int[1 << 10];
    private long[][] chunks = new long[16][];
    private int size;
    private int pending;
    private int ordinary;
    private int touched;

    FlowTable6(int most) {
        this.most = most;
        this.indexMask = (Integer.highestOneBit(most) << 1) - 1;
        this.block = new long[BLOCK * STRIDE];
    }

    /** How many tuples there are. */
    int size() {
        settle();
        return size;
    }

    /** Counts a packet; false, and the packet not counted, when the table is full. */
    boolean add(PacketHeader header, long matches) {
        if (pending == BLOCK) {
            settle();
        }
        if (size + pending >= most) {
            // Packets of the block may belong to tuples that are there already.
            settle();
            if (size >= most) {
                return false;
            }
        }
        int at = pending * STRIDE;
        block[at] = header.srcHi;
        block[at + 1] = header.srcLo;
        block[at + 2] = header.dstHi;
        block[at + 3] = header.dstLo;
        TupleWords.write(header, matches, block, at + ADDRESS_WORDS);
        hashes[pending++] = hash(block, at);
        return true;
    }

    private static long hash(long[] words, int at) {
        int key = at + ADDRESS_WORDS;
        long h = (words[at] ^ HashSeed.VALUE) * 0x9e3779b97f4a7c15L
                ^ words[key] * 0xc2b2ae3d27d4eb4fL
                ^ (words[key + 1] & KEY_BITS_OF_FLAGS) * 0x165667b19e3779f9L;
        h ^= words[at + 1] * 0xff51afd7ed558ccdL;
        h = Long.rotateLeft(h, 31) * 0x9e3779b97f4a7c15L;
        h ^= words[at + 2] * 0xc4ceb9fe1a85ec53L ^ words[at + 3] * 0xd6e8feb86659fd93L;
        h ^= h >>> 32;
        h *= 0xd6e8feb86659fd93L;
        return h ^ h >>> 29;
    }

    /** Counts the packets of the block into the table. */
    private void settle() {
        if (pending == 0) {
            return;
        }
        while ((size + pending) * 2 > slots.length) {
            grow();
        }
        int mask = slots.length - 1;
        int sum = 0;
        for (int i = 0; i < pending; i++) {
            sum += slots[(int) (hashes[i] >>> 32) & mask];
        }
        touched = sum;
        for (int i = 0; i < pending; i++) {
            settle(hashes[i], i * STRIDE, mask);
        }
        pending = 0;
    }

    private void settle(long hash, int at, int mask) {
        int slot = (int) (hash >>> 32) & mask;
        int tag = (int) hash & ~indexMask;
        int entry = slots[slot];
        while (entry != 0) {
            if ((entry & ~indexMask) == tag) {
                int index = (entry & indexMask) - 1;
                long[] chunk = chunks[index >>> CHUNK_BITS];
                int record = (index & CHUNK - 1) * STRIDE;
                if (same(chunk, record, at)) {
                    again(chunk, record + ADDRESS_WORDS + 1, index, block[at + ADDRESS_WORDS + 1]);
                    return;
                }
            }
            slot = slot + 1 & mask;
            entry = slots[slot];
        }
        append(at);
        slots[slot] = tag | size;
    }

    private boolean same(long[] chunk, int record, int at) {
        int key = record + ADDRESS_WORDS;
        int blockKey = at + ADDRESS_WORDS;
        return chunk[record] == block[at]
                && chunk[key] == block[blockKey]
                && ((chunk[key + 1] ^ block[blockKey + 1]) & KEY_BITS_OF_FLAGS) == 0
                && chunk[record + 1] == block[at + 1]
                && chunk[record + 2] == block[at + 2]
                && chunk[record + 3] == block[at + 3];
    }

    private void again(long[] chunk, int flags, int index, long packet) {
        long word = chunk[flags];
        long matches = packet >>> MATCHES_SHIFT & MATCHES;
        if ((word & MIXED) != 0) {
            mixed.add(index, matches);
        } else if ((word >>> MATCHES_SHIFT & MATCHES) != matches) {
            mixed.begin(index, word >>> MATCHES_SHIFT & MATCHES, chunk[flags + 1] & COUNT);
            mixed.add(index, matches);
            chunk[flags] = word | MIXED;
        }
        chunk[flags + 1]++;
    }

    private void append(int at) {
        int chunkIndex = size >>> CHUNK_BITS;
        if (chunkIndex == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
        }
        long[] chunk = chunks[chunkIndex];
        if (chunk == null) {
            chunk = new long[CHUNK * STRIDE];
            chunks[chunkIndex] = chunk;
        }
        int record = (size & CHUNK - 1) * STRIDE;
        for (int word = 0; word < STRIDE; word++) {
            chunk[record + word] = block[at + word];
        }
        size++;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int index = 0; index < size; index++) {
            long hash = hash(chunks[index >>> CHUNK_BITS], (index & CHUNK - 1) * STRIDE);
            int slot = (int) (hash >>> 32) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = (int) hash & ~indexMask | index + 1;
        }
    }

    /** Fills all of a row but its time. */
    void read(int index, FlowRow row) {
        long[] chunk = chunks[index >>> CHUNK_BITS];
        int at = (index & CHUNK - 1) * STRIDE;
        row.srcHi = chunk[at];
        row.srcLo = chunk[at + 1];
        row.dstHi = chunk[at + 2];
        row.dstLo = chunk[at + 3];
        TupleWords.read(chunk, at + ADDRESS_WORDS, row);
        if ((chunk[at + ADDRESS_WORDS + 1] & MIXED) != 0) {
            mixed.read(index, row);
        }
    }

    /** Forgets all tuples; keeps the memory of an ordinary minute, lets go of that of an extraordinary one. */
    void clear() {
        ordinary = Math.max(Math.max(size, FEWEST), ordinary - ordinary / 8);
        int wanted = Integer.highestOneBit(ordinary) << 2;
        if (slots.length > wanted * 4) {
            slots = new int[wanted];
            Arrays.fill(chunks, Math.min(chunks.length, (ordinary >>> CHUNK_BITS) + 1), chunks.length, null);
        } else {
            Arrays.fill(slots, 0);
        }
        mixed.clear();
        size = 0;
        pending = 0;
    }
}

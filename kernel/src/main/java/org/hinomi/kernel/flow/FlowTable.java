package org.hinomi.kernel.flow;

import java.util.Arrays;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.TcpFlags;

/**
 * The flow tuples of one minute and one IP family, on primitives: a small table of slots (32-bit tag, 32-bit index)
 * that point into records lying one after the other, so that a packet touches one random cache line for the slot and
 * one for the record, and closing a minute reads sequentially.
 *
 * <p>Record layout in 64-bit words, {@code a} words of addresses first (1 for IPv4, 4 for IPv6): ports, IP length, TTL
 * and protocol; flags, fragment bits, SYN length and window, first IP id; first sequence number; packets; match counts
 * in 16-bit lanes.
 */
final class FlowTable {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int LANES = FlowRow.MOST_RULES / 4;
    private static final long KEY_BITS_OF_FLAGS = 0x1ff;
    private static final int LATER_FRAGMENT = 1 << 8;
    private static final int ODD_FRAGMENT = 1 << 9;
    private static final long MAPPED = 0xffff_0000_0000L;

    private final boolean ipv6;
    private final int addressWords;
    private final int stride;
    private final int most;
    private long[] slots = new long[1 << 10];
    private long[][] chunks = new long[16][];
    private int size;

    FlowTable(boolean ipv6, int most) {
        this.ipv6 = ipv6;
        this.addressWords = ipv6 ? 4 : 1;
        this.stride = addressWords + 4 + LANES;
        this.most = most;
    }

    int size() {
        return size;
    }

    /** Counts a packet; false, and nothing changed, when its tuple is new and the table is full. */
    boolean add(PacketHeader header, long matches) {
        long a0 = ipv6 ? header.srcHi : header.srcLo << 32 | header.dstLo & 0xffff_ffffL;
        long k1 = (long) header.srcPort << 48
                | (long) header.dstPort << 32
                | (long) (header.ipLength & 0xffff) << 16
                | header.ttl << 8
                | header.protocol;
        long k2 = header.tcpFlags | (header.laterFragment ? LATER_FRAGMENT : 0);
        long hash = hash(header, a0, k1, k2);
        int mask = slots.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        long tag = hash & 0xffff_ffffL;
        while (true) {
            long entry = slots[slot];
            if (entry == 0) {
                return append(slot, tag, header, a0, k1, k2, matches);
            }
            if (entry >>> 32 == tag) {
                int index = (int) entry - 1;
                long[] chunk = chunks[index >>> CHUNK_BITS];
                int at = (index & CHUNK - 1) * stride;
                if (same(chunk, at, header, a0, k1, k2)) {
                    int packets = at + addressWords + 3;
                    chunk[packets]++;
                    if (matches != 0) {
                        count(chunk, packets + 1, matches);
                    }
                    return true;
                }
            }
            slot = slot + 1 & mask;
        }
    }

    private long hash(PacketHeader header, long a0, long k1, long k2) {
        long h = a0 * 0x9e3779b97f4a7c15L ^ k1 * 0xc2b2ae3d27d4eb4fL ^ k2 * 0x165667b19e3779f9L;
        if (ipv6) {
            h ^= header.srcLo * 0xff51afd7ed558ccdL;
            h = Long.rotateLeft(h, 31) * 0x9e3779b97f4a7c15L;
            h ^= header.dstHi * 0xc4ceb9fe1a85ec53L ^ header.dstLo * 0xd6e8feb86659fd93L;
        }
        h ^= h >>> 32;
        h *= 0xd6e8feb86659fd93L;
        h ^= h >>> 29;
        return h;
    }

    private boolean same(long[] chunk, int at, PacketHeader header, long a0, long k1, long k2) {
        int key = at + addressWords;
        return chunk[at] == a0
                && chunk[key] == k1
                && (chunk[key + 1] & KEY_BITS_OF_FLAGS) == k2
                && (!ipv6
                        || chunk[at + 1] == header.srcLo
                                && chunk[at + 2] == header.dstHi
                                && chunk[at + 3] == header.dstLo);
    }

    private boolean append(int slot, long tag, PacketHeader header, long a0, long k1, long k2, long matches) {
        if (size == most) {
            return false;
        }
        int chunkIndex = size >>> CHUNK_BITS;
        if (chunkIndex == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
        }
        long[] chunk = chunks[chunkIndex];
        if (chunk == null) {
            chunk = new long[CHUNK * stride];
            chunks[chunkIndex] = chunk;
        }
        int at = (size & CHUNK - 1) * stride;
        chunk[at] = a0;
        if (ipv6) {
            chunk[at + 1] = header.srcLo;
            chunk[at + 2] = header.dstHi;
            chunk[at + 3] = header.dstLo;
        }
        int key = at + addressWords;
        boolean syn = header.tcpFlags == TcpFlags.SYN;
        chunk[key] = k1;
        chunk[key + 1] = k2
                | (header.oddFragmentField ? ODD_FRAGMENT : 0)
                | (syn ? (long) header.tcpHeaderLength << 16 | (long) header.window << 32 : 0)
                | (long) header.ipId << 48;
        chunk[key + 2] = header.seq;
        chunk[key + 3] = 1;
        for (int lane = 0; lane < LANES; lane++) {
            chunk[key + 4 + lane] = 0;
        }
        if (matches != 0) {
            count(chunk, key + 4, matches);
        }
        size++;
        slots[slot] = tag << 32 | size;
        if (size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    private static void count(long[] chunk, int lanes, long matches) {
        for (long left = matches; left != 0; left &= left - 1) {
            int rule = Long.numberOfTrailingZeros(left);
            int lane = lanes + (rule >>> 2);
            int shift = (rule & 3) << 4;
            if ((chunk[lane] >>> shift & 0xffff) != 0xffff) {
                chunk[lane] += 1L << shift;
            }
        }
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        int mask = slots.length - 1;
        PacketHeader header = new PacketHeader();
        for (int index = 0; index < size; index++) {
            long[] chunk = chunks[index >>> CHUNK_BITS];
            int at = (index & CHUNK - 1) * stride;
            if (ipv6) {
                header.srcLo = chunk[at + 1];
                header.dstHi = chunk[at + 2];
                header.dstLo = chunk[at + 3];
            }
            int key = at + addressWords;
            long hash = hash(header, chunk[at], chunk[key], chunk[key + 1] & KEY_BITS_OF_FLAGS);
            int slot = (int) (hash >>> 32) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = (hash & 0xffff_ffffL) << 32 | index + 1;
        }
    }

    void read(int index, FlowRow row) {
        long[] chunk = chunks[index >>> CHUNK_BITS];
        int at = (index & CHUNK - 1) * stride;
        if (ipv6) {
            row.srcHi = chunk[at];
            row.srcLo = chunk[at + 1];
            row.dstHi = chunk[at + 2];
            row.dstLo = chunk[at + 3];
        } else {
            row.srcHi = 0;
            row.srcLo = MAPPED | chunk[at] >>> 32;
            row.dstHi = 0;
            row.dstLo = MAPPED | chunk[at] & 0xffff_ffffL;
        }
        int key = at + addressWords;
        long k1 = chunk[key];
        long k2 = chunk[key + 1];
        row.srcPort = (int) (k1 >>> 48);
        row.dstPort = (int) (k1 >>> 32) & 0xffff;
        row.ipLen = (int) (k1 >>> 16) & 0xffff;
        row.ttl = (int) (k1 >>> 8) & 0xff;
        row.protocol = (int) k1 & 0xff;
        row.tcpFlags = (int) k2 & 0xff;
        row.laterFragment = (k2 & LATER_FRAGMENT) != 0;
        row.oddFragmentField = (k2 & ODD_FRAGMENT) != 0;
        row.tcpSynLen = (int) (k2 >>> 16) & 0xff;
        row.tcpSynWinLen = (int) (k2 >>> 32) & 0xffff;
        row.firstIpId = (int) (k2 >>> 48);
        row.firstSeq = chunk[key + 2];
        row.packetCnt = chunk[key + 3];
        for (int rule = 0; rule < FlowRow.MOST_RULES; rule++) {
            row.matches[rule] = (int) (chunk[key + 4 + (rule >>> 2)] >>> ((rule & 3) << 4)) & 0xffff;
        }
    }

    /** Forgets all tuples; keeps the memory of an ordinary minute, lets go of that of an extraordinary one. */
    void clear(int ordinary) {
        int wanted = Integer.highestOneBit(Math.max(ordinary, 1 << 9)) << 2;
        if (slots.length > wanted * 4) {
            slots = new long[wanted];
            Arrays.fill(chunks, Math.min(chunks.length, (ordinary >>> CHUNK_BITS) + 1), chunks.length, null);
        } else {
            Arrays.fill(slots, 0);
        }
        size = 0;
    }
}

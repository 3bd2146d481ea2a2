package org.hinomi.kernel.flow;

import org.hinomi.kernel.packet.PacketHeader;

/**
 * The IPv4 flow tuples of one minute, in partitions by source: so the slots and records that a block of packets needs
 * lie close together, and who reads the tuples meets those of one source close together too. Memory latency is what a
 * packet costs here.
 */
final class FlowTable4 {
    private static final int PARTITION_BITS = 6;
    private static final int PARTITIONS = 1 << PARTITION_BITS;

    private final int most;
    private final FlowPartition[] partitions = new FlowPartition[PARTITIONS];
    private final int[] starts = new int[PARTITIONS + 1];
    private int used;
    private int last;

    FlowTable4(int most) {
        this.most = most;
        long[] hashes = new long[FlowPartition.BLOCK];
        for (int i = 0; i < PARTITIONS; i++) {
            partitions[i] = new FlowPartition(most, hashes);
        }
    }

    /** Counts a packet; false, and the packet not counted, when the table is full. */
    boolean add(PacketHeader header, long matches) {
        // Packets that were not looked up yet may belong to tuples that are there already.
        if (used >= most && size() >= most) {
            return false;
        }
        int source = (int) header.srcLo;
        long addresses = (long) source << 32 | header.dstLo & 0xffff_ffffL;
        int partition = source * 0x9e3779b9 >>> Integer.SIZE - PARTITION_BITS;
        used += 1 - partitions[partition].add(header, addresses, matches);
        return true;
    }

    /** How many tuples there are; to be asked before any is read. */
    int size() {
        int size = 0;
        for (int i = 0; i < PARTITIONS; i++) {
            starts[i] = size;
            partitions[i].settle();
            size += partitions[i].size();
        }
        starts[PARTITIONS] = size;
        used = size;
        last = 0;
        return size;
    }

    /** Gives all tuples, a partition at a time. */
    void packed(PackedSink sink) {
        for (int i = 0; i < PARTITIONS; i++) {
            if (partitions[i].size() > 0) {
                sink.tuples(partitions[i].words(), partitions[i].size(), starts[i]);
            }
        }
    }

    /** Fills all of a row but its time. */
    void read(int index, FlowRow row) {
        while (index >= starts[last + 1]) {
            last++;
        }
        while (index < starts[last]) {
            last--;
        }
        FlowPartition partition = partitions[last];
        TupleWords.read4(partition.words(), (index - starts[last]) * TupleWords.WORDS, row);
        partition.readMixed(index - starts[last], row);
    }

    void clear() {
        for (FlowPartition partition : partitions) {
            partition.clear();
        }
        used = 0;
    }
}

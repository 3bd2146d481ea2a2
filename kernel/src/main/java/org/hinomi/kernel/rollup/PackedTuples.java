package org.hinomi.kernel.rollup;

import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.PackedSink;
import org.hinomi.kernel.flow.TupleWords;
import org.hinomi.kernel.packet.PacketHeader;
import org.jspecify.annotations.Nullable;

/**
 * Adds packed IPv4 tuples to a {@link Rollup}, by the block and in passes, so that the cache misses of one pass overlap
 * and no branch depends on what darknet traffic can't predict: the same sums as one by one, several times as fast.
 */
final class PackedTuples implements PackedSink {
    private static final int BLOCK = 256;

    private final Rollup rollup;
    private final Totals totals;
    private final SourceTable sources;
    private final DistinctAddresses destinations;
    private final PortTable ports;
    private final SourceIndex index = new SourceIndex();
    private final long[] hashes = new long[BLOCK];
    private final int[] portRows = new int[BLOCK];
    private final int[] likely = new int[BLOCK];
    private final int[] syns = new int[BLOCK];
    private final PacketHeader header = new PacketHeader();
    private final FlowRow row = new FlowRow();
    private @Nullable FlowBatch batch;
    private int[] records = new int[BLOCK];
    private long[] recordHashes = new long[BLOCK];
    private int synTuples;
    private long touched;

    PackedTuples(Rollup rollup, Totals totals, SourceTable sources, DistinctAddresses destinations, PortTable ports) {
        this.rollup = rollup;
        this.totals = totals;
        this.sources = sources;
        this.destinations = destinations;
        this.ports = ports;
        header.mss = PacketHeader.NO_MSS;
    }

    /** Adds the packed tuples of a batch. */
    void add(FlowBatch from) {
        batch = from;
        from.packed(this);
        batch = null;
    }

    @Override
    public void tuples(long[] words, int size, int first) {
        findSources(index.number(words, size));
        for (int from = 0; from < size; from += BLOCK) {
            int count = Math.min(BLOCK, size - from);
            int at = from * TupleWords.WORDS;
            count(words, at, count);
            addToSources(words, from, count);
            for (int i = 0; i < synTuples; i++) {
                int tuple = from + syns[i];
                addSyn(words, tuple * TupleWords.WORDS, first + tuple, records[index.of(tuple)]);
            }
            ports.addSources();
        }
    }

    /** Finds or makes the records of the numbered sources, by the block, so that the cache misses of one overlap. */
    private void findSources(int size) {
        if (records.length < size) {
            records = new int[Math.max(size, records.length * 2)];
            recordHashes = new long[records.length];
        }
        for (int from = 0; from < size; from += BLOCK) {
            int count = Math.min(BLOCK, size - from);
            int sum = 0;
            for (int i = 0; i < count; i++) {
                long hash = SourceTable.hash(0, IpAddress.V4_PREFIX | index.source(from + i));
                hashes[i] = hash;
                recordHashes[from + i] = hash;
                sum += sources.slot(hash);
            }
            touched += sum + sources.touchRecords(hashes, likely, count);
            for (int i = 0; i < count; i++) {
                long lo = IpAddress.V4_PREFIX | index.source(from + i);
                records[from + i] = sources.is(likely[i], 0, lo) ? likely[i] : rollup.source(hashes[i], 0, lo);
            }
        }
    }

    /** Counts what does not depend on the source, and finds the SYN tuples. */
    private void count(long[] words, int from, int count) {
        int synsFound = 0;
        for (int i = 0; i < count; i++) {
            int at = from + i * TupleWords.WORDS;
            int shape = TupleShape.of(words[at + 1], words[at + 2]);
            int portRow = TupleShape.portRow(shape, TupleWords.destinationPort(words[at + 1]));
            long packets = TupleWords.packets(words[at + 3]);
            portRows[i] = portRow;
            syns[synsFound] = i;
            synsFound += TupleShape.isSyn(shape) ? 1 : 0;
            totals.add(shape, portRow, packets);
            ports.addPackets(portRow, packets);
            destinations.addV4((int) words[at]);
        }
        synTuples = synsFound;
        totals.addTuples(count);
    }

    private void addToSources(long[] words, int from, int count) {
        for (int i = 0; i < count; i++) {
            int source = index.of(from + i);
            long packets = TupleWords.packets(words[(from + i) * TupleWords.WORDS + 3]);
            boolean another = sources.addPackets(records[source], packets, portRows[i]);
            ports.note(portRows[i], recordHashes[source], another);
        }
    }

    private void addSyn(long[] words, int at, int tuple, int index) {
        long flags = words[at + 2];
        long packets = TupleWords.packets(words[at + 3]);
        FlowBatch mixed = TupleWords.mixed(flags, words[at + 3]) ? batch : null;
        if (mixed != null) {
            mixed.read(tuple, row);
            totals.addMatches(row);
            rollup.addMatches(index, row);
        } else {
            totals.addMatches(TupleWords.matches(flags), packets);
            if (index >= 0) {
                sources.addAllMatches(index, TupleWords.matches(flags), (int) packets);
            }
        }
        if (index >= 0) {
            rollup.addSyn(index, packets, header(words, at));
        }
    }

    private PacketHeader header(long[] words, int at) {
        long ports = words[at + 1];
        long flags = words[at + 2];
        header.srcLo = TupleWords.source(words[at]);
        header.dstLo = TupleWords.destination(words[at]);
        header.srcPort = TupleWords.sourcePort(ports);
        header.dstPort = TupleWords.destinationPort(ports);
        header.ttl = TupleWords.ttl(ports);
        header.ipLength = TupleWords.ipLength(ports);
        header.ipId = TupleWords.ipId(flags);
        header.seq = TupleWords.sequence(words[at + 3]);
        header.protocol = TupleWords.protocol(ports);
        header.window = TupleWords.synWindow(flags);
        header.tcpHeaderLength = TupleWords.synLength(flags);
        return header;
    }
}

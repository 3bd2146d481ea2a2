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
    private final long[] hashes = new long[BLOCK];
    private final byte[] shapes = new byte[BLOCK];
    private final int[] portRows = new int[BLOCK];
    private final int[] likely = new int[BLOCK];
    private final int[] syns = new int[BLOCK];
    private final PacketHeader header = new PacketHeader();
    private final FlowRow row = new FlowRow();
    private @Nullable FlowBatch batch;
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
        for (int from = 0; from < size; from += BLOCK) {
            int count = Math.min(BLOCK, size - from);
            int at = from * TupleWords.WORDS;
            look(words, at, count);
            touched += sources.touchRecords(hashes, likely, count);
            count(words, at, count);
            addToSources(words, at, count);
            for (int i = 0; i < synTuples; i++) {
                addSyn(words, at + syns[i] * TupleWords.WORDS, first + from + syns[i], likely[syns[i]]);
            }
            ports.addSources();
        }
    }

    /** Looks where the tuples go, and reads the slots of their sources. */
    private void look(long[] words, int from, int count) {
        int synsFound = 0;
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int at = from + i * TupleWords.WORDS;
            long hash = SourceTable.hash(0, IpAddress.V4_PREFIX | TupleWords.source(words[at]));
            hashes[i] = hash;
            sum += sources.slot(hash);
            int shape = TupleShape.of(words[at + 1], words[at + 2]);
            shapes[i] = (byte) shape;
            portRows[i] = TupleShape.portRow(shape, TupleWords.destinationPort(words[at + 1]));
            syns[synsFound] = i;
            synsFound += TupleShape.isSyn(shape) ? 1 : 0;
        }
        touched += sum;
        synTuples = synsFound;
    }

    private void count(long[] words, int from, int count) {
        for (int i = 0; i < count; i++) {
            int at = from + i * TupleWords.WORDS;
            long packets = TupleWords.packets(words[at + 3]);
            totals.add(shapes[i], portRows[i], packets);
            ports.addPackets(portRows[i], packets);
            destinations.addV4((int) words[at]);
        }
        totals.addTuples(count);
    }

    private void addToSources(long[] words, int from, int count) {
        for (int i = 0; i < count; i++) {
            int at = from + i * TupleWords.WORDS;
            long lo = IpAddress.V4_PREFIX | TupleWords.source(words[at]);
            int index = likely[i];
            if (!sources.is(index, 0, lo)) {
                index = rollup.source(hashes[i], 0, lo);
                likely[i] = index;
            }
            boolean another = sources.addPackets(index, TupleWords.packets(words[at + 3]), portRows[i]);
            ports.note(portRows[i], hashes[i], another);
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

package org.hinomi.kernel.rollup;

import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.TupleWords;
import org.hinomi.kernel.packet.PacketHeader;

/**
 * Adds packed IPv4 tuples to a {@link Rollup}, by the block and in passes, so that the cache misses of one pass overlap
 * and no branch depends on what darknet traffic can't predict: the same sums as one by one, several times as fast.
 */
final class PackedTuples {
    private static final int BLOCK = 256;

    private final Rollup rollup;
    private final Totals totals;
    private final SourceTable sources;
    private final DistinctAddresses destinations;
    private final PortTable ports;
    private final long[] words = new long[BLOCK * TupleWords.WORDS];
    private final long[] hashes = new long[BLOCK];
    private final byte[] shapes = new byte[BLOCK];
    private final int[] portRows = new int[BLOCK];
    private final int[] likely = new int[BLOCK];
    private final int[] syns = new int[BLOCK];
    private final PacketHeader header = new PacketHeader();
    private final FlowRow row = new FlowRow();
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

    void add(FlowBatch batch) {
        int size = batch.packed();
        for (int from = 0; from < size; from += BLOCK) {
            int count = Math.min(BLOCK, size - from);
            batch.words(from, count, words);
            look(count);
            touched += sources.touchRecords(hashes, likely, count);
            count(count);
            addToSources(count);
            for (int i = 0; i < synTuples; i++) {
                addSyn(batch, from, syns[i]);
            }
            ports.addSources();
        }
    }

    /** Looks where the tuples go, and reads the slots of their sources. */
    private void look(int count) {
        int synsFound = 0;
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int at = i * TupleWords.WORDS;
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

    private void count(int count) {
        for (int i = 0; i < count; i++) {
            int at = i * TupleWords.WORDS;
            long packets = TupleWords.packets(words[at + 3]);
            totals.add(shapes[i], portRows[i], packets);
            ports.addPackets(portRows[i], packets);
            destinations.addV4((int) words[at]);
        }
        totals.addTuples(count);
    }

    private void addToSources(int count) {
        for (int i = 0; i < count; i++) {
            int at = i * TupleWords.WORDS;
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

    private void addSyn(FlowBatch batch, int from, int i) {
        int index = likely[i];
        int at = i * TupleWords.WORDS;
        long flags = words[at + 2];
        long packets = TupleWords.packets(words[at + 3]);
        if (TupleWords.mixed(flags, words[at + 3])) {
            batch.read(from + i, row);
            totals.addMatches(row);
            rollup.addMatches(index, row);
        } else {
            totals.addMatches(TupleWords.matches(flags), packets);
            if (index >= 0) {
                sources.addAllMatches(index, TupleWords.matches(flags), (int) packets);
            }
        }
        if (index >= 0) {
            rollup.addSyn(index, packets, header(at));
        }
    }

    private PacketHeader header(int at) {
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

package org.hinomi.kernel.rollup;

import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.fingerprint.SynMatcher;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.kernel.packet.PacketHeader;

/**
 * What the flow tuples of any number of minutes add up to: totals, sources, destinations, ports, fingerprints and the
 * tools named by them. The same from packets and from stored tuples. Memory is bounded whatever the input.
 */
public final class Rollup implements FlowSink {
    private static final int SKETCH_LG_K = 12;

    /** Tuples are added by the block, in passes, so that the cache misses of one pass overlap. */
    private static final int BLOCK = 128;

    private final FingerprintCatalogue catalogue;
    private final SynMatcher matcher;
    private final Totals totals;
    private final SourceTable sources;
    private final DistinctAddresses destinations;
    private final PortTable ports = new PortTable();
    private final HllSketch sourceSketch = new HllSketch(SKETCH_LG_K);
    private final long[] sourceRuleMatches = new long[FingerprintCatalogue.MOST_SOURCE_RULES];
    private final FlowRow[] block = new FlowRow[BLOCK];
    private final int[] shapes = new int[BLOCK];
    private final int[] portRows = new int[BLOCK];
    private final int[] likely = new int[BLOCK];
    private final long[] hashes = new long[BLOCK];
    private final long[] values = new long[FingerprintCatalogue.MOST_SOURCE_RULES];
    private final int sourceRules;
    private final PacketHeader header = new PacketHeader();
    private boolean sourcesOverflowed;
    private long touched;

    /**
     * An empty roll-up.
     *
     * @param mostAddresses how many sources, and how many destinations, are told apart exactly
     */
    public Rollup(FingerprintCatalogue catalogue, PortTest iotPorts, int mostAddresses) {
        this.catalogue = catalogue;
        this.matcher = catalogue.matcher();
        this.sourceRules = catalogue.sourceRules().size();
        this.totals = new Totals(iotPorts);
        this.sources = new SourceTable(mostAddresses);
        this.destinations = new DistinctAddresses(mostAddresses);
        Arrays.setAll(block, i -> new FlowRow());
    }

    @Override
    public void minute(FlowBatch batch) {
        int size = batch.size();
        for (int from = 0; from < size; from += BLOCK) {
            int count = Math.min(BLOCK, size - from);
            read(batch, from, count);
            touched = ports.touch(portRows, count)
                    + sources.touchSlots(hashes, count)
                    + sources.touchRecords(hashes, likely, count);
            countAll(count);
            addToSources(count);
            ports.addSources();
        }
    }

    private void read(FlowBatch batch, int from, int count) {
        for (int i = 0; i < count; i++) {
            batch.read(from + i, block[i]);
            look(block[i], i);
        }
    }

    private void countAll(int count) {
        for (int i = 0; i < count; i++) {
            count(block[i], i);
        }
    }

    private void addToSources(int count) {
        for (int i = 0; i < count; i++) {
            addToSource(block[i], i);
        }
    }

    /** Adds one tuple. */
    public void add(FlowRow tuple) {
        look(tuple, 0);
        likely[0] = -1;
        count(tuple, 0);
        addToSource(tuple, 0);
        ports.addSources();
    }

    /** Looks where a tuple goes. */
    private void look(FlowRow tuple, int i) {
        hashes[i] = SourceTable.hash(tuple.srcHi, tuple.srcLo);
        shapes[i] = TupleShape.of(tuple);
        portRows[i] = PortTable.row(tuple);
    }

    /** Counts what does not depend on the source. */
    private void count(FlowRow tuple, int i) {
        totals.add(tuple, shapes[i]);
        destinations.add(tuple.dstHi, tuple.dstLo);
        ports.addPackets(portRows[i], tuple.packetCnt);
    }

    private void addToSource(FlowRow tuple, int i) {
        int portRow = portRows[i];
        int index = likely[i];
        if (!sources.is(index, tuple.srcHi, tuple.srcLo)) {
            index = source(hashes[i], tuple);
        }
        boolean another = index < 0;
        if (another) {
            sourcesOverflowed = true;
        } else if (portRow == PortTable.NO_PORT) {
            sources.addPackets(index, tuple.packetCnt);
        } else {
            another = sources.addPackets(index, tuple.packetCnt, portRow);
        }
        if (another && portRow != PortTable.NO_PORT) {
            ports.note(portRow, tuple.srcHi, tuple.srcLo);
        }
        if (index >= 0 && TupleShape.isSyn(shapes[i]) && tuple.srcHi == 0 && tuple.firstSeq >= 0) {
            addSyn(index, tuple);
        }
    }

    private int source(long hash, FlowRow tuple) {
        int known = sources.size();
        int index = sources.index(hash, tuple.srcHi, tuple.srcLo);
        if (index < 0 || sources.size() > known) {
            sourceSketch.update(tuple.srcHi * 0x9e3779b97f4a7c15L ^ tuple.srcLo);
        }
        return index;
    }

    private void addSyn(int index, FlowRow tuple) {
        addMatches(index, tuple);
        boolean another = sources.addSyn(index, tuple.packetCnt, tuple.firstSeq);
        header.srcLo = tuple.srcLo;
        header.dstLo = tuple.dstLo;
        header.srcPort = tuple.srcPort;
        header.dstPort = tuple.dstPort;
        header.ttl = tuple.ttl;
        header.ipLength = tuple.ipLen;
        header.ipId = tuple.firstIpId;
        header.seq = tuple.firstSeq;
        header.protocol = tuple.protocol;
        header.window = tuple.tcpSynWinLen;
        header.tcpHeaderLength = tuple.tcpSynLen;
        matcher.values(header, values);
        int same = sources.sameValues(index, values, sourceRules);
        if (same != 0 && another) {
            for (int left = same; left != 0; left &= left - 1) {
                int rule = Integer.numberOfTrailingZeros(left);
                sources.addMatches(index, FlowRow.MOST_RULES + rule, tuple.packetCnt);
                sourceRuleMatches[rule] += tuple.packetCnt;
            }
        }
    }

    private void addMatches(int index, FlowRow tuple) {
        if (!tuple.mixed()) {
            sources.addAllMatches(index, tuple.matchedRules, (int) tuple.packetCnt);
            return;
        }
        for (int left = tuple.matchedRules; left != 0; left &= left - 1) {
            int lane = Integer.numberOfTrailingZeros(left);
            sources.addMatches(index, lane, tuple.matches(lane));
        }
    }

    /** Counts over all tuples. */
    public Totals totals() {
        return totals;
    }

    /** The sources that have a record. */
    public SourceTable sources() {
        return sources;
    }

    /** Distinct sources, exactly or as estimated. */
    public long sourceCount() {
        return sourcesOverflowed ? Math.round(sourceSketch.getEstimate()) : sources.size();
    }

    /** Whether there were more sources than are told apart. */
    public boolean sourcesEstimated() {
        return sourcesOverflowed;
    }

    /** Distinct destinations. */
    public DistinctAddresses destinations() {
        return destinations;
    }

    /** Figures by destination port. */
    public PortTable ports() {
        return ports;
    }

    /** Packets that match a rule, by its place in {@link FingerprintCatalogue#all()}. */
    public long matching(int rule) {
        int packetRules = catalogue.packetRules().size();
        return rule < packetRules ? totals.matching(rule) : sourceRuleMatches[rule - packetRules];
    }

    /** How many sources each rule names, in the order of {@link FingerprintCatalogue#all()}. */
    public long[] named() {
        long[] counts = new long[catalogue.all().size()];
        for (int index = 0; index < sources.size(); index++) {
            for (int rule = 0; rule < counts.length; rule++) {
                counts[rule] += named(index, rule) ? 1 : 0;
            }
        }
        return counts;
    }

    /** Whether the source of a record is named by a rule, by its place in {@link FingerprintCatalogue#all()}. */
    public boolean named(int index, int rule) {
        int packetRules = catalogue.packetRules().size();
        int lane = rule < packetRules ? rule : FlowRow.MOST_RULES + rule - packetRules;
        Fingerprint fingerprint = catalogue.all().get(rule);
        return fingerprint.names(sources.matches(index, lane), sources.syns(index));
    }
}

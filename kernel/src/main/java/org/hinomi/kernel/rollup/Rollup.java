package org.hinomi.kernel.rollup;

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

    private final FingerprintCatalogue catalogue;
    private final SynMatcher matcher;
    private final Totals totals;
    private final SourceTable sources;
    private final DistinctAddresses destinations;
    private final PortTable ports = new PortTable();
    private final HllSketch sourceSketch = new HllSketch(SKETCH_LG_K);
    private final long[] sourceRuleMatches = new long[FingerprintCatalogue.MOST_SOURCE_RULES];
    private final int ruleBits;
    private final PackedTuples packed;
    private final FlowRow row = new FlowRow();
    private final PacketHeader header = new PacketHeader();
    private boolean sourcesOverflowed;

    /**
     * An empty roll-up.
     *
     * @param mostAddresses how many sources, and how many destinations, are told apart exactly
     */
    public Rollup(FingerprintCatalogue catalogue, PortTest iotPorts, int mostAddresses) {
        this.catalogue = catalogue;
        this.matcher = catalogue.matcher();
        this.ruleBits = (1 << catalogue.sourceRules().size()) - 1;
        this.totals = new Totals(iotPorts);
        this.sources = new SourceTable(mostAddresses);
        this.destinations = new DistinctAddresses(mostAddresses);
        this.packed = new PackedTuples(this, totals, sources, destinations, ports);
    }

    @Override
    public void minute(FlowBatch batch) {
        packed.add(batch);
        for (int i = batch.packed(); i < batch.size(); i++) {
            batch.read(i, row);
            add(row);
        }
    }

    /** Adds one tuple. */
    public void add(FlowRow tuple) {
        int shape = TupleShape.of(tuple);
        int portRow = TupleShape.portRow(shape, tuple.dstPort);
        totals.add(tuple, shape, portRow);
        destinations.add(tuple.dstHi, tuple.dstLo);
        ports.addPackets(portRow, tuple.packetCnt);
        long hash = SourceTable.hash(tuple.srcHi, tuple.srcLo);
        int index = source(hash, tuple.srcHi, tuple.srcLo);
        ports.note(portRow, hash, sources.addPackets(index, tuple.packetCnt, portRow));
        if (index >= 0 && TupleShape.isSyn(shape) && tuple.srcHi == 0 && tuple.firstSeq >= 0) {
            addMatches(index, tuple);
            addSyn(index, tuple);
        }
        ports.addSources();
    }

    /** The index of a source, which is made if need be; -1 when there are too many. */
    int source(long hash, long hi, long lo) {
        int known = sources.size();
        int index = sources.index(hash, hi, lo);
        sourcesOverflowed |= index < 0;
        if (index < 0 || sources.size() > known) {
            sourceSketch.update(hi * 0x9e3779b97f4a7c15L ^ lo);
        }
        return index;
    }

    /** Adds the matches of a tuple to a source, if it has a record. */
    void addMatches(int index, FlowRow tuple) {
        if (index >= 0 && !tuple.mixed()) {
            sources.addAllMatches(index, tuple.matchedRules, (int) tuple.packetCnt);
        } else if (index >= 0) {
            for (int left = tuple.matchedRules; left != 0; left &= left - 1) {
                int lane = Integer.numberOfTrailingZeros(left);
                sources.addMatches(index, lane, tuple.matches(lane));
            }
        }
    }

    private void addSyn(int index, FlowRow tuple) {
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
        addSyn(index, tuple.packetCnt, header);
    }

    /** Compares a source's SYN packets with the one before, for the rules that need two. */
    void addSyn(int index, long packets, PacketHeader syn) {
        int same = sources.addSyn(index, packets, syn.seq, matcher.firstPair(syn), matcher.secondPair(syn));
        for (int left = same & ruleBits; left != 0; left &= left - 1) {
            int rule = Integer.numberOfTrailingZeros(left);
            sources.addMatches(index, FlowRow.MOST_RULES + rule, packets);
            sourceRuleMatches[rule] += packets;
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

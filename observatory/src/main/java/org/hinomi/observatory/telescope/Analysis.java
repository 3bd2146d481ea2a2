package org.hinomi.observatory.telescope;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.packet.SkipReason;
import org.hinomi.kernel.rollup.PortTest;
import org.hinomi.kernel.rollup.Rollup;
import org.jspecify.annotations.Nullable;

/**
 * Adds up captures and flow tuple files, offline. Packets go in by {@link #frames()}, stored tuples by {@link #add}. With
 * a second core, minutes are added up there while the next are read.
 */
public final class Analysis implements AutoCloseable {
    /** The most flow tuples of a minute held in memory, for each IP family. */
    public static final int MOST_TUPLES = 1 << 21;

    private static final int MOST_ADDRESSES = 1 << 22;
    private static final long MINUTE_SECONDS = 60;
    private static final long NANOS = 1_000_000_000L;

    private final FingerprintCatalogue catalogue;
    private final boolean everywhere;
    private final PrefixSet darknet;
    private final Rollup rollup;
    private final @Nullable MinuteRelay relay;
    private final FlowMinutes minutes;
    private final PacketPath path;
    private final List<String> warnings = new ArrayList<>();
    private long storedPackets;
    private long storedOutside;
    private long firstSecond = Long.MAX_VALUE;
    private long lastSecond = Long.MIN_VALUE;

    /**
     * An empty analysis.
     *
     * @param darknet the dark addresses; an empty set keeps all packets
     * @param also gets the closed minutes too, for a flow tuple file; on another thread when there are several cores
     * @param cores how many processors to use; 1 when stored tuples will be added
     */
    public Analysis(PrefixSet darknet, FingerprintCatalogue catalogue, PortTest iotPorts, FlowSink also, int cores) {
        this.catalogue = catalogue;
        this.darknet = darknet;
        this.everywhere = darknet.isEmpty();
        this.rollup = new Rollup(catalogue, iotPorts, MOST_ADDRESSES);
        FlowSink sums = batch -> {
            rollup.minute(batch);
            also.minute(batch);
        };
        this.relay = cores > 1 ? new MinuteRelay("minutes", sums) : null;
        this.minutes = new FlowMinutes(MOST_TUPLES, relay == null ? sums : relay);
        this.path = new PacketPath(darknet, catalogue, minutes, PacketWitness.NONE);
    }

    /** Takes the packets of captures. */
    public FrameSink frames() {
        return path;
    }

    /** Adds a stored flow tuple; false when it went to other addresses than the darknet. */
    public boolean add(FlowRow tuple) {
        storedPackets += tuple.packetCnt;
        firstSecond = Math.min(firstSecond, tuple.time);
        lastSecond = Math.max(lastSecond, tuple.time);
        if (everywhere || darknet.contains(tuple.dstHi, tuple.dstLo)) {
            rollup.add(tuple);
            return true;
        }
        storedOutside += tuple.packetCnt;
        return false;
    }

    /** Adds a minute of stored flow tuples at once; false when each has to be asked whether it went to the darknet. */
    public boolean add(FlowBatch minute) {
        if (!everywhere) {
            return false;
        }
        long before = rollup.totals().packets();
        rollup.minute(minute);
        storedPackets += rollup.totals().packets() - before;
        firstSecond = Math.min(firstSecond, minute.time());
        lastSecond = Math.max(lastSecond, minute.time());
        return true;
    }

    /** Notes what could not be read. */
    public void warn(List<String> more) {
        warnings.addAll(more);
    }

    /** Closes the last minutes and tells what there was. Packets can't be added afterwards. */
    public AnalysisReport finish(@Nullable Origin origin) {
        minutes.close();
        if (relay != null) {
            relay.drain();
        }
        long decoded = rollup.totals().packets();
        long outside = path.skipped(SkipReason.OUTSIDE) + storedOutside;
        TopSources top = TopSources.of(rollup.sources(), origin);
        long synOrUdp = rollup.totals().synOrUdp();
        return new AnalysisReport(
                path.packets() + storedPackets,
                decoded,
                skipped(),
                everywhere ? null : outside,
                time(path.firstNanos(), firstSecond),
                time(path.lastNanos(), lastSecond),
                classes(),
                kinds(),
                rollup.totals().withoutFingerprints() ? null : fingerprints(),
                rollup.totals().withoutFingerprints() ? null : tools(),
                rollup.totals().tuples(),
                rollup.sourceCount(),
                rollup.destinations().count(),
                rollup.ports().top(20).stream()
                        .map(p -> new AnalysisReport.Port(
                                p.protocol() == org.hinomi.kernel.packet.IpProtocol.TCP ? "tcp" : "udp",
                                p.port(),
                                p.packets(),
                                p.sources()))
                        .toList(),
                top.sources(),
                top.countries(),
                synOrUdp == 0 ? null : (double) rollup.totals().toIotPorts() / synOrUdp,
                estimated(),
                minutes.saturatedParts(),
                minutes.stepsBack(),
                List.copyOf(warnings));
    }

    @Override
    public void close() {
        if (relay != null) {
            relay.close();
        }
    }

    private Map<String, Long> skipped() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (SkipReason reason : SkipReason.values()) {
            long count = path.skipped(reason) + (reason == SkipReason.OUTSIDE ? storedOutside : 0);
            if (count > 0) {
                counts.put(reason.id(), count);
            }
        }
        return counts;
    }

    private @Nullable String time(long nanos, long second) {
        boolean packets = path.packets() > 0;
        if (!packets && storedPackets == 0) {
            return null;
        }
        boolean first = nanos == path.firstNanos();
        long fromPackets = packets ? nanos : first ? Long.MAX_VALUE : Long.MIN_VALUE;
        long fromTuples = storedPackets == 0 ? fromPackets : second * NANOS;
        long chosen = first ? Math.min(fromPackets, fromTuples) : Math.max(fromPackets, fromTuples);
        return Instant.ofEpochSecond(Math.floorDiv(chosen, NANOS), Math.floorMod(chosen, NANOS))
                .toString();
    }

    private Map<String, Long> classes() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (PacketClass packetClass : PacketClass.values()) {
            counts.put(packetClass.id(), rollup.totals().packets(packetClass));
        }
        return counts;
    }

    private Map<String, Long> kinds() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            counts.put(kind.id(), rollup.totals().packets(kind));
        }
        return counts;
    }

    private Map<String, Long> fingerprints() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int rule = 0; rule < catalogue.all().size(); rule++) {
            counts.put(catalogue.all().get(rule).name(), rollup.matching(rule));
        }
        return counts;
    }

    private Map<String, Long> tools() {
        long[] named = rollup.named();
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int rule = 0; rule < named.length; rule++) {
            counts.put(catalogue.all().get(rule).name(), named[rule]);
        }
        return counts;
    }

    private List<String> estimated() {
        List<String> names = new ArrayList<>();
        if (rollup.sourcesEstimated()) {
            names.addAll(List.of("sources", "tools", "countries.sources", "top_sources"));
        }
        if (rollup.destinations().estimated()) {
            names.add("destinations");
        }
        names.add("top_ports.sources");
        return names;
    }
}

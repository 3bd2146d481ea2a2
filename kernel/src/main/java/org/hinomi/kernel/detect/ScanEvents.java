package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hinomi.kernel.address.AddressText;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.research.ResearchMatch;
import org.jspecify.annotations.Nullable;

/**
 * Scan events, after the darknet events of Merit's ORION telescope: packets of one source, class, kind and port with no
 * pause longer than 624 s, told when they reached 10 dark addresses at a rate that is 10 packets a second to the whole
 * IPv4 space. Flow tuples know the minute of a packet, not its second: an event lasts whole minutes, and its pause is
 * counted from the start of its last one to the start of the next, which is right on average. Where the dark addresses are not known, and for IPv6, no rate is asked for.
 */
public final class ScanEvents implements Detector<ScanState> {
    private static final double IPV4_ADDRESSES = 4_294_967_296.0;
    private static final int MINUTE = 60;
    private static final long MILLION = 1_000_000;
    private static final long PERCENT_MILLIONTHS = MILLION / 100;

    private final Settings settings;
    private final List<String> rules;
    private final long quiet;
    private final long leastDestinations;
    private final long leastRate;
    private final long aggressive;
    private final long aggressivePackets;
    private final long report;
    private final int mostEvents;

    /**
     * The detector.
     *
     * @param given parameters that are not standard, by name
     * @param rules names of the packet rules in lane order
     * @throws IllegalArgumentException when a parameter can't be
     */
    public ScanEvents(Map<String, Long> given, List<String> rules) {
        this.settings = Settings.of(ScanDeclaration.DECLARATION.parameters(), given);
        this.rules = List.copyOf(rules);
        this.quiet = settings.of(ScanDeclaration.QUIET.name());
        this.leastDestinations = settings.of(ScanDeclaration.DESTINATIONS.name());
        this.leastRate = settings.of(ScanDeclaration.RATE.name());
        this.aggressive = settings.of(ScanDeclaration.AGGRESSIVE.name()) * PERCENT_MILLIONTHS;
        this.aggressivePackets = settings.of(ScanDeclaration.AGGRESSIVE_PACKETS.name());
        this.report = settings.of(ScanDeclaration.REPORT.name());
        this.mostEvents = (int) settings.of(ScanDeclaration.OPEN_EVENTS.name());
    }

    @Override
    public Declaration declaration() {
        return ScanDeclaration.DECLARATION;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public String basis() {
        return String.join(",", rules);
    }

    @Override
    public ScanState create() {
        return new ScanState();
    }

    @Override
    public ScanState read(DataInput in) throws IOException {
        return ScanState.read(in, mostEvents);
    }

    @Override
    public void onFlow(FlowRow row, ScanState state, Context context) {
        int key = ScanKey.of(row);
        ScanEvent event = state.find(key);
        if (event == null) {
            if (state.size() >= mostEvents) {
                makeRoom(state, context);
            }
            event = state.begin(key, row.time);
        }
        event.add(row);
        long next = next(event);
        if (next < context.wake()) {
            context.wakeAt(next);
        }
    }

    private void makeRoom(ScanState state, Context context) {
        for (ScanEvent event : state.leastWorth(mostEvents / 4)) {
            leave(event, context, true);
            state.remove(event);
            context.forgot(1);
        }
    }

    /** When it is over unless there is another packet: from start of minute to start of minute, which is right on average. */
    private long over(ScanEvent event) {
        return event.lastMinute + quiet + 1;
    }

    /** When something is to be done about an event. */
    private long next(ScanEvent event) {
        long end = over(event);
        if (!event.changed) {
            return end;
        }
        if (event.revision > 0) {
            return Math.min(end, Math.max(event.reported + report, event.end()));
        }
        return event.mayReach(leastDestinations) ? event.end() : end;
    }

    @Override
    public void onTimer(ScanState state, Context context) {
        long wake = Context.NEVER;
        for (int i = 0; i < state.size(); ) {
            ScanEvent event = state.at(i);
            if (over(event) <= context.time()) {
                leave(event, context, false);
                state.remove(i);
                continue;
            }
            if (event.changed && next(event) <= context.time()) {
                if (event.revision > 0 || isKept(event, context)) {
                    tell(event, context, false, false);
                }
                event.changed = false;
            }
            wake = Math.min(wake, next(event));
            i++;
        }
        context.wakeAt(wake);
    }

    @Override
    public void onEvict(ScanState state, Context context) {
        for (int i = 0; i < state.size(); i++) {
            leave(state.at(i), context, true);
        }
    }

    private void leave(ScanEvent event, Context context, boolean cut) {
        if (event.revision > 0 || event.changed && isKept(event, context)) {
            tell(event, context, true, cut);
        }
    }

    private boolean isKept(ScanEvent event, Context context) {
        if (!event.mayReach(leastDestinations) || event.destinations() < leastDestinations) {
            return false;
        }
        return dark(context) == 0 || rate(event, dark(context)) >= leastRate;
    }

    private static long dark(Context context) {
        return IpAddress.isV4(context.hi(), context.lo()) ? context.darkAddresses() : 0;
    }

    /** Packets a second, scaled to the whole IPv4 space, over whole minutes. */
    private static long rate(ScanEvent event, long dark) {
        double seconds = event.end() - event.first;
        return (long) (event.packets * (IPV4_ADDRESSES / dark) / seconds);
    }

    /** Standard error of the rate in percent: of a count, and of a first and a last minute that may be begun. */
    private static long rateError(ScanEvent event) {
        double minutes = (event.end() - event.first) / (double) MINUTE;
        return Math.round(100 * Math.sqrt(1.0 / event.packets + 1 / (6 * minutes * minutes)));
    }

    private void tell(ScanEvent event, Context context, boolean ended, boolean cut) {
        String source = AddressText.format(context.hi(), context.lo());
        String traffic = ScanKey.packetClass(event.key).id();
        String kind = ScanKey.kind(event.key).id();
        String key = source + " " + traffic + " " + kind + " " + ScanKey.port(event.key);
        event.reported = context.time();
        context.emit(new Detection(
                Detection.idOf(ScanDeclaration.DECLARATION.id(), context.stream(), key, event.first),
                event.revision++,
                ScanDeclaration.DECLARATION.id(),
                ScanDeclaration.DECLARATION.version(),
                context.stream(),
                key,
                event.first,
                event.end(),
                context.time(),
                ended,
                fields(event, source, dark(context), cut, context.researcher())));
    }

    private List<Detection.Field> fields(
            ScanEvent event, String source, long dark, boolean cut, @Nullable ResearchMatch match) {
        long destinations = dark > 0 ? Math.min(event.destinations(), dark) : event.destinations();
        DetectionFields fields = new DetectionFields()
                .text("source", source)
                .text("traffic", ScanKey.packetClass(event.key).id())
                .text("kind", ScanKey.kind(event.key).id())
                .whole("port", ScanKey.port(event.key))
                .whole("packets", event.packets)
                .whole("bytes", event.bytes)
                .whole("destinations", destinations)
                .whole("destination_networks", event.networks())
                .flag("estimated", event.estimated());
        if (dark > 0) {
            long coverage = destinations * MILLION / dark;
            List<String> kinds = new ArrayList<>();
            if (coverage >= aggressive) {
                kinds.add("coverage");
            }
            if (event.packets >= aggressivePackets) {
                kinds.add("packets");
            }
            fields.whole("rate", rate(event, dark))
                    .whole("rate_error", rateError(event))
                    .whole("coverage", coverage)
                    .whole("dark_addresses", dark)
                    .flag("aggressive", !kinds.isEmpty())
                    .names("aggressive_by", kinds)
                    .text("order", event.order(dark).id());
        }
        fingerprints(fields, event);
        return ResearchFields.add(fields.flag("cut", cut), match).list();
    }

    private void fingerprints(DetectionFields fields, ScanEvent event) {
        SortedMap<String, Long> matches = new TreeMap<>();
        List<String> tools = new ArrayList<>();
        for (int lane = 0; lane < rules.size(); lane++) {
            long count = event.matches(lane);
            if (count > 0) {
                matches.put(rules.get(lane), count);
            }
            if (count > 0 && count == event.syns) {
                tools.add(rules.get(lane));
            }
        }
        fields.whole("syns", event.syns).names("tools", tools).counts("matches", matches);
    }
}

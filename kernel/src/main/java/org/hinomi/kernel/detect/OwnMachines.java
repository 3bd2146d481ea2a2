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
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.device.Evidence;
import org.hinomi.kernel.flow.FlowRow;

/**
 * Machines of registered organisations that send to dark addresses, the idea of NICT's DAEDALUS: nobody has business
 * there, so what comes from a network one knows is told to whose it is. Each machine is one detection from its first
 * packet until it has gone quiet, with what it sent in the days before taken into account, with a grade of how well it is shown that it scans and was not forged
 * ({@link OwnGrade}), and a cause that keeps victims and wrong settings apart ({@link OwnCause}).
 */
public final class OwnMachines implements Detector<OwnState> {
    /** Rules that tell how a packet was made but no tool or family. */
    private static final List<String> WEAK = List.of("bare_syn");

    private static final int HOUR = 3600;

    private final Settings settings;
    private final List<String> rules;
    private final DeviceCatalogue devices;
    private final int handmade;
    private final long quiet;
    private final long memory;
    private final long report;
    private final long toldPackets;
    private final long follow;
    private final OwnEvidence.Bars bars;

    /**
     * The detector.
     *
     * @param given parameters that are not standard, by name
     * @param rules names of the packet rules in lane order
     * @param devices by what a machine's device is judged
     * @throws IllegalArgumentException when a parameter can't be
     */
    public OwnMachines(Map<String, Long> given, List<String> rules, DeviceCatalogue devices) {
        this.settings = Settings.of(OwnDeclaration.DECLARATION.parameters(), given);
        this.rules = List.copyOf(rules);
        this.devices = devices;
        this.handmade = devices.handmade(rules);
        int lanes = 0;
        for (int lane = 0; lane < rules.size(); lane++) {
            lanes |= WEAK.contains(rules.get(lane)) ? 1 << lane : 0;
        }
        this.quiet = settings.of(OwnDeclaration.QUIET.name());
        this.memory = Math.max(quiet, settings.of(OwnDeclaration.MEMORY.name()));
        this.report = settings.of(OwnDeclaration.REPORT.name());
        this.toldPackets = settings.of(OwnDeclaration.TOLD.name());
        this.follow = settings.of(OwnDeclaration.FOLLOW.name());
        this.bars = new OwnEvidence.Bars(
                settings.of(OwnDeclaration.PACKETS.name()),
                settings.of(OwnDeclaration.MINUTES.name()),
                settings.of(OwnDeclaration.STRONG.name()),
                lanes);
    }

    @Override
    public Declaration declaration() {
        return OwnDeclaration.DECLARATION;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public String basis() {
        return String.join(",", rules) + "/" + handmade;
    }

    @Override
    public boolean wants(FlowRow row, Reference reference) {
        return reference.owner(row.srcHi, row.srcLo, row.time) != null;
    }

    @Override
    public OwnState create() {
        return new OwnState();
    }

    @Override
    public OwnState read(DataInput in) throws IOException {
        return OwnState.read(in);
    }

    @Override
    public void onFlow(FlowRow row, OwnState state, Context context) {
        Owner owner = context.owner();
        if (owner == null) {
            return;
        }
        if (!state.isEmpty() && !state.owner.id().equals(owner.id())) {
            leave(state, context, false);
            state.clear();
        }
        state.add(row, owner, follow, handmade);
        context.wakeAt(next(state));
    }

    /** When something is to be done: at the end of a minute while the grade can rise, else when it is due. */
    private long next(OwnState state) {
        if (!mayTell(state)) {
            return ends(state);
        }
        return state.told == OwnGrade.STRONG ? Math.min(ends(state), due(state)) : state.end();
    }

    private boolean mayTell(OwnState state) {
        return state.changed && (state.revision > 0 || state.packets >= toldPackets);
    }

    /** When it has gone quiet, or is forgotten. */
    private long ends(OwnState state) {
        return state.end() + (state.isQuiet() ? memory : quiet);
    }

    private long due(OwnState state) {
        return state.revision == 0 ? state.end() : Math.max(state.reported + report, state.end());
    }

    @Override
    public void onTimer(OwnState state, Context context) {
        if (state.isEmpty()) {
            return;
        }
        if (ends(state) <= context.time()) {
            if (!state.isQuiet()) {
                leave(state, context, false);
                state.quiet();
            }
            if (ends(state) <= context.time()) {
                state.clear();
                return;
            }
        } else if (mayTell(state)) {
            OwnEvidence evidence = evidence(state, context);
            if (due(state) <= context.time() || evidence.grade().compareTo(state.told) > 0) {
                tell(state, evidence, context, false, false);
                state.changed = false;
            }
        }
        context.wakeAt(mayTell(state) ? Math.min(ends(state), due(state)) : ends(state));
    }

    @Override
    public void onEvict(OwnState state, Context context) {
        leave(state, context, true);
        state.clear();
    }

    private void leave(OwnState state, Context context, boolean cut) {
        if (state.revision > 0 || !state.isQuiet() && state.packets >= toldPackets) {
            tell(state, evidence(state, context), context, true, cut);
        }
    }

    private OwnEvidence evidence(OwnState state, Context context) {
        return OwnEvidence.of(state, bars, dark(context));
    }

    private static long dark(Context context) {
        return IpAddress.isV4(context.hi(), context.lo()) ? context.darkAddresses() : 0;
    }

    private void tell(OwnState state, OwnEvidence evidence, Context context, boolean ended, boolean cut) {
        String machine = AddressText.format(context.hi(), context.lo());
        String key = machine + " " + state.owner.id();
        state.reported = context.time();
        state.told = evidence.grade();
        context.emit(new Detection(
                Detection.idOf(OwnDeclaration.DECLARATION.id(), context.stream(), key, state.first),
                state.revision++,
                OwnDeclaration.DECLARATION.id(),
                OwnDeclaration.DECLARATION.version(),
                context.stream(),
                key,
                state.first,
                state.end(),
                context.time(),
                ended,
                fields(state, evidence, machine, dark(context), cut)));
    }

    private List<Detection.Field> fields(OwnState state, OwnEvidence evidence, String machine, long dark, boolean cut) {
        DetectionFields fields = new DetectionFields()
                .text("source", machine)
                .text("organisation", state.owner.id())
                .text("organisation_name", state.owner.name())
                .text("grade", evidence.grade().id())
                .text("cause", evidence.cause().id())
                .names("evidence", evidence.signs())
                .names("against", evidence.against())
                .text("traffic", state.traffic().id())
                .text("kind", state.kind().id())
                .whole("port", state.share().foremost())
                .counts("ports", state.share().counts())
                .whole("packets", state.packets)
                .whole("bytes", state.bytes)
                .whole("destinations", dark > 0 ? Math.min(dark, state.destinations()) : state.destinations())
                .whole("different_ports", state.ports())
                .whole("minutes", state.minutes)
                .whole("ttl", state.ttls().foremost())
                .whole("syns", state.syns);
        SortedMap<String, Long> matches = new TreeMap<>();
        List<String> tools = new ArrayList<>();
        for (int lane = 0; lane < rules.size(); lane++) {
            long count = state.matches(lane);
            if (count > 0) {
                matches.put(rules.get(lane), count);
            }
            if (count > 0 && count == state.syns) {
                tools.add(rules.get(lane));
            }
        }
        fields.names("tools", tools)
                .counts("matches", matches)
                .whole("hours", (state.end() - state.since) / HOUR)
                .flag("cut", cut);
        // A victim or a wrongly set up machine shows nothing of what infected devices do.
        List<Evidence> seen = evidence.cause() == OwnCause.SCAN
                ? DeviceFields.evidence(state.share().counts(), state.packets, matches, state.syns, state.headers())
                : List.of();
        return DeviceFields.add(fields, devices, seen).list();
    }
}

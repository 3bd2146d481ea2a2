package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hinomi.kernel.address.AddressText;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.device.Evidence;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.research.ResearchMatch;
import org.jspecify.annotations.Nullable;

/**
 * What sends a source's SYN packets: the marks of the fingerprint catalogue, added up over all of them. A rule names its
 * family by its own bounds ({@link Fingerprint#names}); the one that most packets match is the verdict. Confidence is
 * about the verdict, not about harm: high when nearly all packets match and chance is out of the question (2^-40),
 * medium when half do and chance is unlikely (2^-20), else low; a rule that no public source confirms is never more
 * than low. A rule that half of all packets match by chance says nothing and is left out. Packets count from the first
 * one with a mark on.
 */
public final class FamilyVerdicts implements Detector<FamilyState> {
    private static final double LARGEST_CHANCE = 0.5;
    private static final int LIKELY_BITS = 20;
    private static final int CERTAIN_BITS = 40;
    private static final int PERCENT = 100;

    private final Settings settings;
    private final List<Fingerprint> rules;
    private final int telling;
    private final DeviceCatalogue devices;
    private final int handmade;
    private final long quiet;
    private final long medium;
    private final long high;
    private final long report;

    /**
     * The detector.
     *
     * @param given parameters that are not standard, by name
     * @param rules the packet rules in lane order
     * @param devices by what a source's device is judged
     * @throws IllegalArgumentException when a parameter can't be
     */
    public FamilyVerdicts(Map<String, Long> given, List<Fingerprint> rules, DeviceCatalogue devices) {
        this.settings = Settings.of(FamilyDeclaration.DECLARATION.parameters(), given);
        this.rules = List.copyOf(rules);
        this.telling = telling(rules);
        this.devices = devices;
        this.handmade = devices.handmade(rules.stream().map(Fingerprint::name).toList());
        this.quiet = settings.of(FamilyDeclaration.QUIET.name());
        this.medium = settings.of(FamilyDeclaration.MEDIUM.name());
        this.high = settings.of(FamilyDeclaration.HIGH.name());
        this.report = settings.of(FamilyDeclaration.REPORT.name());
    }

    private static int telling(List<Fingerprint> rules) {
        int lanes = 0;
        for (int lane = 0; lane < rules.size(); lane++) {
            lanes |= rules.get(lane).chance() < LARGEST_CHANCE ? 1 << lane : 0;
        }
        return lanes;
    }

    /** A verdict: the lane of its rule, and how sure it is. */
    private record Verdict(int lane, String confidence, long share, long bits) {
        String text(List<Fingerprint> rules) {
            return rules.get(lane).name() + " " + confidence;
        }
    }

    @Override
    public Declaration declaration() {
        return FamilyDeclaration.DECLARATION;
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public String basis() {
        StringBuilder basis = new StringBuilder();
        rules.forEach(rule -> basis.append(rule.name())
                .append('/')
                .append(rule.chance())
                .append('/')
                .append(rule.needs())
                .append(rule.experimental() ? "?," : ","));
        return basis.append(handmade).toString();
    }

    @Override
    public boolean wants(FlowRow row, Reference reference) {
        return row.firstSeq >= 0 && row.isSyn();
    }

    @Override
    public FamilyState create() {
        return new FamilyState();
    }

    @Override
    public FamilyState read(DataInput in) throws IOException {
        return FamilyState.read(in);
    }

    @Override
    public void onFlow(FlowRow row, FamilyState state, Context context) {
        // Nothing is kept of who has no mark, so that a flood of forged sources takes no memory.
        if (!state.isEmpty() || (row.matchedRules & telling) != 0) {
            state.add(row, handmade);
            context.wakeAt(state.end());
        }
    }

    @Override
    public void onTimer(FamilyState state, Context context) {
        if (state.isEmpty()) {
            return;
        }
        if (state.end() + quiet <= context.time()) {
            leave(state, context, false);
            return;
        }
        if (state.changed) {
            Verdict verdict = verdict(state);
            String said = verdict == null ? "" : verdict.text(rules);
            if (verdict != null && (!said.equals(state.told) || state.reported + report <= context.time())) {
                tell(state, verdict, context, false, false);
            }
            state.changed = false;
        }
        context.wakeAt(state.end() + quiet);
    }

    @Override
    public void onEvict(FamilyState state, Context context) {
        leave(state, context, true);
    }

    private void leave(FamilyState state, Context context, boolean cut) {
        Verdict verdict = state.isEmpty() ? null : verdict(state);
        if (verdict != null) {
            tell(state, verdict, context, true, cut);
        }
        state.clear();
    }

    private boolean names(int lane, FamilyState state) {
        Fingerprint rule = rules.get(lane);
        return (telling >>> lane & 1) != 0 && rule.names(state.matches(lane), state.syns);
    }

    private @Nullable Verdict verdict(FamilyState state) {
        int best = -1;
        for (int lane = 0; lane < rules.size(); lane++) {
            if (names(lane, state) && (best < 0 || state.matches(lane) > state.matches(best))) {
                best = lane;
            }
        }
        return best < 0 ? null : verdict(best, state);
    }

    private Verdict verdict(int lane, FamilyState state) {
        long share = state.matches(lane) * PERCENT / state.syns;
        long bits = unlikely(state.syns, state.matches(lane), rules.get(lane).chance());
        String confidence = "low";
        if (share >= medium && bits >= LIKELY_BITS && !rules.get(lane).experimental()) {
            confidence = share >= high && bits >= CERTAIN_BITS ? "high" : "medium";
        }
        return new Verdict(lane, confidence, share, bits);
    }

    /**
     * How unlikely it is, in bits, that so many of the packets match by chance: the bound of Chernoff and Hoeffding,
     * n times the relative entropy of the share against the chance.
     */
    static long unlikely(long packets, long matching, double chance) {
        double share = (double) matching / packets;
        if (share <= chance) {
            return 0;
        }
        double entropy = share * StrictMath.log(share / chance);
        if (share < 1) {
            entropy += (1 - share) * StrictMath.log((1 - share) / (1 - chance));
        }
        return (long) (packets * entropy / StrictMath.log(2));
    }

    private void tell(FamilyState state, Verdict verdict, Context context, boolean ended, boolean cut) {
        String source = AddressText.format(context.hi(), context.lo());
        state.reported = context.time();
        state.told = verdict.text(rules);
        context.emit(new Detection(
                Detection.idOf(FamilyDeclaration.DECLARATION.id(), context.stream(), source, state.first),
                state.revision++,
                FamilyDeclaration.DECLARATION.id(),
                FamilyDeclaration.DECLARATION.version(),
                context.stream(),
                source,
                state.first,
                state.end(),
                context.time(),
                ended,
                fields(state, verdict, source, cut, context.researcher())));
    }

    private List<Detection.Field> fields(
            FamilyState state, Verdict verdict, String source, boolean cut, @Nullable ResearchMatch match) {
        SortedMap<String, Long> matches = new TreeMap<>();
        List<String> named = new ArrayList<>();
        for (int lane = 0; lane < rules.size(); lane++) {
            if (state.matches(lane) > 0) {
                matches.put(rules.get(lane).name(), state.matches(lane));
            }
            if (names(lane, state)) {
                named.add(rules.get(lane).name());
            }
        }
        DetectionFields fields = new DetectionFields()
                .text("source", source)
                .text("traffic", PacketClass.TCP_SYN.id())
                .text("kind", Kind.SCAN.id())
                .whole("port", state.ports().foremost())
                .whole("packets", state.syns)
                .text("family", rules.get(verdict.lane).name())
                .text("confidence", verdict.confidence)
                .whole("share", verdict.share)
                .whole("chance", verdict.bits)
                .names("tools", named)
                .counts("matches", matches)
                .counts("ports", state.ports().counts())
                .flag("cut", cut);
        List<Evidence> evidence =
                DeviceFields.evidence(state.ports().counts(), state.syns, matches, state.syns, state.headers());
        return DeviceFields.add(ResearchFields.add(fields, match), devices, evidence)
                .list();
    }
}

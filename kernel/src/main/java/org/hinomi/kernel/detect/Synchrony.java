package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.series.CountTail;
import org.hinomi.kernel.series.DailyRhythm;
import org.jspecify.annotations.Nullable;

/**
 * Sources that begin together and then move together, before they are many: the idea of Dark-TRACER (Han, Takahashi et
 * al., IEEE Access 2022), by its two methods. Looked at in two windows of twelve bins, of five minutes and of an hour.
 * Candidates were not there before their window, and send in several of its bins; both methods part them into groups,
 * and the largest counts. How large it usually is is learned as for {@link Surges}, and tested in the same way.
 */
public final class Synchrony implements Detector<SyncState> {
    static final int FAST = 300;
    static final int SLOW = 3600;

    private static final int DAY = 86_400;
    private static final int HOUR = 3600;
    private static final int METHODS = 2;
    private static final int SMALLEST = 2;
    private static final int NMF = 0;
    private static final int FOREMOST = 8;
    private static final int QUIET_BINS = 3;
    private static final int REMEMBER = 7 * DAY;
    private static final double RATIO = 2;
    private static final double TESTS_A_DAY = METHODS * (DAY / FAST + DAY / SLOW) / (double) MemberRow.BINS;
    private static final List<String> NAMES = List.of("nmf", "glasso");

    private final Declaration declaration;
    private final Settings settings;
    private final List<String> rules;
    private final long method;
    private final int leastMembers;
    private final long leastBins;
    private final double penalty;
    private final long leastHours;
    private final double leastScore;
    private final long quiet;
    private final long report;
    private final int most;

    /**
     * The detector of a stage, {@link KeyStage#PORT} or {@link KeyStage#ALL}.
     *
     * @param given parameters that are not standard, by name
     * @param rules names of the packet rules in lane order
     * @throws IllegalArgumentException when a parameter can't be
     */
    public Synchrony(KeyStage stage, Map<String, Long> given, List<String> rules) {
        this.declaration = SyncDeclaration.of(stage);
        this.settings = Settings.of(declaration.parameters(), given);
        this.rules = List.copyOf(rules);
        this.method = settings.of(SyncDeclaration.METHOD.name());
        this.leastMembers = (int) settings.of(SyncDeclaration.MEMBERS.name());
        this.leastBins = settings.of(SyncDeclaration.ACTIVE.name());
        this.penalty = settings.of(SyncDeclaration.CORRELATION.name()) / 100.0;
        this.leastHours = settings.of(SyncDeclaration.LEARN.name()) * DAY / HOUR;
        double alarms = settings.of(SyncDeclaration.ALARMS.name()) / 1000.0;
        long keys = settings.of("tested_keys");
        this.leastScore = -StrictMath.log10(alarms / (keys * TESTS_A_DAY));
        this.quiet = settings.of(SyncDeclaration.QUIET.name()) * 60;
        this.report = settings.of(SyncDeclaration.REPORT.name());
        this.most = (int) settings.of("most_sources");
    }

    @Override
    public Declaration declaration() {
        return declaration;
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
    public boolean wants(FlowRow row, Reference reference) {
        return row.kind() == Kind.SCAN.ordinal();
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public SyncState create() {
        return new SyncState(most);
    }

    @Override
    public SyncState read(DataInput in) throws IOException {
        return SyncState.read(in, most);
    }

    @Override
    public void onFlow(FlowRow row, SyncState state, Context context) {
        if (state.bin == Context.NEVER) {
            state.bin = Math.floorDiv(row.time, FAST) * FAST;
            context.wakeAt(state.bin + FAST);
        }
        state.sample.add(row);
    }

    @Override
    public void onTimer(SyncState state, Context context) {
        if (state.bin != Context.NEVER) {
            look(state, context);
        } else if (context.time() >= state.grouped + REMEMBER) {
            state.clear();
            return;
        }
        if (state.sample.size() == 0 && state.group == null) {
            state.bin = Context.NEVER;
            context.wakeAt(state.grouped == Long.MIN_VALUE ? Context.NEVER : state.grouped + REMEMBER);
        } else {
            context.wakeAt(state.bin + FAST);
        }
    }

    /** Ends the open bin: looks for groups, and begins the next. */
    private void look(SyncState state, Context context) {
        long end = state.bin + FAST;
        boolean hour = Math.floorMod(end, HOUR) == 0;
        window(true, end, state, context);
        if (hour) {
            window(false, end, state, context);
        }
        SyncGroup group = state.group;
        if (group != null) {
            follow(group, end, state, context);
        }
        state.sample.step(1, hour ? 1 : 0, QUIET_BINS);
        state.bin = end;
    }

    private void window(boolean fast, long end, SyncState state, Context context) {
        List<MemberRow> candidates = candidates(fast, end, state.sample);
        for (int way = 0; way < METHODS; way++) {
            if ((method >>> way & 1) != 0) {
                Cooperation seen = candidates.size() < SMALLEST
                        ? Cooperation.NONE
                        : way == NMF
                                ? Cooperation.byFactors(candidates, fast)
                                : Cooperation.byCovariance(candidates, fast, penalty);
                judge(seen, way, fast, end, state, context);
            }
        }
    }

    private List<MemberRow> candidates(boolean fast, long end, SourceSample sample) {
        if (sample.size() < SMALLEST) {
            return List.of();
        }
        long since = end - (long) MemberRow.BINS * (fast ? FAST : SLOW);
        List<MemberRow> candidates = new ArrayList<>();
        for (MemberRow row : sample.rows()) {
            if (row.first >= since && MemberRow.active(fast ? row.fast : row.slow) >= leastBins) {
                candidates.add(row);
            }
        }
        return candidates;
    }

    private void judge(Cooperation seen, int way, boolean fast, long end, SyncState state, Context context) {
        int kind = 2 * way + (fast ? 0 : 1);
        int blocks = seen.blocks() >= SMALLEST ? seen.blocks() : 0;
        if (blocks == 0 && state.usual(kind) == null) {
            return;
        }
        DailyRhythm usual = usual(kind, end, state, context);
        double mean = usual.mean(end - HOUR, HOUR);
        double score = CountTail.score(blocks, mean, usual.dispersion(mean));
        if (blocks > 0) {
            state.grouped = end;
            boolean found = usual.bins() >= leastHours
                    && blocks >= leastMembers
                    && blocks >= RATIO * mean
                    && score >= leastScore;
            if (found && state.group == null) {
                long first =
                        seen.rows().stream().mapToLong(row -> row.first).min().orElse(end);
                state.group = new SyncGroup(first, fast);
            }
            SyncGroup group = state.group;
            if (group != null && blocks >= RATIO * mean) {
                group.see(seen, way, mean, score, end);
                group.sampled |= state.sample.sampled();
            }
        }
        state.largest[kind] = Math.max(state.largest[kind], blocks);
        if (Math.floorMod(end, HOUR) == 0) {
            usual.learn(end - HOUR, HOUR, state.largest[kind], state.group != null);
            state.learned[kind] = end;
            state.largest[kind] = 0;
        }
    }

    /** What is usual, with the hours since that had no group. */
    private static DailyRhythm usual(int kind, long end, SyncState state, Context context) {
        long hour = Math.floorDiv(end - 1, HOUR) * HOUR;
        DailyRhythm usual = state.usual(kind);
        if (usual == null) {
            long since = context.observedSince() == Context.NEVER ? hour : context.observedSince();
            usual = DailyRhythm.quiet(Math.max(0, (hour - since) / HOUR));
            state.usual(kind, usual);
        } else {
            for (long at = state.learned[kind]; at < hour; at += HOUR) {
                usual.learn(at, HOUR, 0, false);
            }
        }
        state.learned[kind] = Math.max(state.learned[kind], hour);
        return usual;
    }

    private void follow(SyncGroup group, long end, SyncState state, Context context) {
        if (end - group.last >= quiet) {
            tell(group, context, true, false);
            state.group = null;
        } else if (group.changed && (group.revision == 0 || end - group.reported >= report)) {
            tell(group, context, false, false);
            group.changed = false;
        }
    }

    @Override
    public void onEvict(SyncState state, Context context) {
        @Nullable SyncGroup group = state.group;
        if (group != null) {
            tell(group, context, true, true);
        }
        state.clear();
    }

    private void tell(SyncGroup group, Context context, boolean ended, boolean cut) {
        String what = declaration.stage() == KeyStage.PORT ? SurgeDimension.PORT.text(context.lo()) : "all";
        group.reported = context.time();
        context.emit(new Detection(
                Detection.idOf(declaration.id(), context.stream(), what, group.first),
                group.revision++,
                declaration.id(),
                declaration.version(),
                context.stream(),
                what,
                group.first,
                group.last,
                context.time(),
                ended,
                fields(group, what, context).flag("cut", cut).list()));
    }

    private DetectionFields fields(SyncGroup group, String what, Context context) {
        SampledCounts ports = group.ports();
        return new DetectionFields()
                .text("what", what)
                .whole("port", ports.most() & 0xffff)
                .names(
                        "methods",
                        NAMES.stream()
                                .filter(name -> (group.methods >>> NAMES.indexOf(name) & 1) != 0)
                                .toList())
                .whole("window", MemberRow.BINS * (group.fast ? FAST : SLOW) / 60)
                .whole("observed", group.blocks)
                .whole("expected", Math.round(group.expected))
                .whole("score", Math.round(group.score))
                .whole("density", group.density)
                .whole("sources", group.sources())
                .names("members", group.names(FieldValue.MOST))
                .counts("countries", group.countries(context).foremost(FOREMOST, SurgeDimension.COUNTRY::text))
                .counts("ports", ports.foremost(FOREMOST, SurgeDimension.PORT::text))
                .counts("families", group.families(rules))
                .flag("sampled", group.sampled);
    }
}

package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.IOException;
import java.util.Map;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.series.CountTail;
import org.hinomi.kernel.series.DailyRhythm;
import org.jspecify.annotations.Nullable;

/**
 * Ports, countries or networks from which far more sources come than is usual at this time of day. Different source
 * blocks are counted in bins; {@link DailyRhythm} says how many to expect, {@link CountTail} how unlikely more are. What
 * is asked of one bin follows from how many keys are looked at: so many tests a day may give so many false alarms. One
 * loud source, or many of one operator's block, are no surge. Only what asks counts, not what answers.
 *
 * <p>A key that is new when its stream is not had no sources until then. Where it is unknown when a stream began, a key
 * is learned from its own first day on, and nothing is new.
 */
public final class Surges implements Detector<SurgeState> {
    private static final int MINUTE = 60;
    private static final int DAY = 86_400;
    private static final int FOREMOST = 8;
    private static final double STILL_UNLIKELY = 3;
    private static final double STILL_MORE = 1.5;
    private static final double LEVEL_MEMORY = 0.05;

    private final SurgeDimension dimension;
    private final Declaration declaration;
    private final Settings settings;
    private final int binSeconds;
    private final long leastBins;
    private final double leastScore;
    private final long leastSources;
    private final double leastRatio;
    private final long newBelow;
    private final long quiet;
    private final long longest;
    private final long report;
    private final long forget;

    /**
     * The detector of a dimension.
     *
     * @param given parameters that are not standard, by name
     * @throws IllegalArgumentException when a parameter can't be
     */
    public Surges(SurgeDimension dimension, Map<String, Long> given) {
        this.dimension = dimension;
        this.declaration = SurgeDeclaration.of(dimension);
        this.settings = Settings.of(declaration.parameters(), given);
        this.binSeconds = (int) settings.of(SurgeDeclaration.BIN.name()) * MINUTE;
        double binsADay = (double) DAY / binSeconds;
        this.leastBins = (long) Math.ceil(settings.of(SurgeDeclaration.LEARN.name()) * binsADay);
        double alarms = settings.of(SurgeDeclaration.ALARMS.name()) / 1000.0;
        this.leastScore = -StrictMath.log10(alarms / (dimension.keys() * binsADay));
        this.leastSources = settings.of(SurgeDeclaration.SOURCES.name());
        this.leastRatio = settings.of(SurgeDeclaration.RATIO.name()) / 100.0;
        this.newBelow = settings.of(SurgeDeclaration.NEW.name());
        this.quiet = settings.of(SurgeDeclaration.QUIET.name()) * MINUTE;
        this.longest = settings.of(SurgeDeclaration.LONGEST.name()) * DAY;
        this.report = settings.of(SurgeDeclaration.REPORT.name());
        this.forget = settings.of(SurgeDeclaration.FORGET.name()) * DAY;
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
    public boolean wants(FlowRow row, Reference reference) {
        return row.kind() == Kind.SCAN.ordinal();
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public SurgeState create() {
        return new SurgeState();
    }

    @Override
    public SurgeState read(DataInput in) throws IOException {
        return SurgeState.read(in);
    }

    @Override
    public void onFlow(FlowRow row, SurgeState state, Context context) {
        if (context.lo() == 0 && dimension != SurgeDimension.PORT) {
            return;
        }
        if (state.bin == Context.NEVER && !open(row.time, state, context)) {
            return;
        }
        state.add(row);
        Surge surge = state.surge;
        if (surge != null) {
            surge.add(row, share(row, context));
        }
    }

    /** Opens the bin of a time; false when the stream began within it. */
    private boolean open(long time, SurgeState state, Context context) {
        long bin = Math.floorDiv(time, binSeconds) * binSeconds;
        DailyRhythm rhythm = state.rhythm;
        if (rhythm == null) {
            long since = context.observedSince() == Context.NEVER ? bin : context.observedSince();
            long whole = Math.ceilDiv(since, (long) binSeconds) * binSeconds;
            if (bin < whole) {
                return false;
            }
            state.rhythm = DailyRhythm.quiet((bin - whole) / binSeconds);
        } else {
            for (long at = state.learned; at < bin; at += binSeconds) {
                rhythm.learn(at, binSeconds, 0, false);
            }
        }
        state.learned = bin;
        state.bin = bin;
        context.wakeAt(bin + binSeconds);
        return true;
    }

    private long share(FlowRow row, Context context) {
        return dimension == SurgeDimension.PORT ? context.country(row.srcHi, row.srcLo) : KeyStage.portKey(row);
    }

    @Override
    public void onTimer(SurgeState state, Context context) {
        DailyRhythm rhythm = state.rhythm;
        if (rhythm == null) {
            return;
        }
        if (state.bin != Context.NEVER) {
            state.seen = state.bin + binSeconds;
            close(rhythm, state, context);
        } else if (state.surge != null) {
            state.bin = state.learned;
            close(rhythm, state, context);
        } else if (context.time() >= state.seen + forget) {
            state.clear();
            return;
        }
        context.wakeAt(state.surge == null ? state.seen + forget : state.learned + binSeconds);
    }

    /** Ends the open bin: is it a surge, is one over? */
    private void close(DailyRhythm rhythm, SurgeState state, Context context) {
        long count = state.blocks();
        double mean = rhythm.mean(state.bin, binSeconds);
        double score = CountTail.score(count, mean, rhythm.dispersion(mean));
        Surge surge = state.surge;
        if (surge == null && rhythm.bins() >= leastBins && isSurge(count, mean, score)) {
            surge = state.begin(Math.round(rhythm.day(binSeconds)));
            surge.level = count;
        }
        long end = state.bin + binSeconds;
        rhythm.learn(state.bin, binSeconds, count, surge != null);
        if (surge != null) {
            surge.level += LEVEL_MEMORY * (count - surge.level);
            if (score >= STILL_UNLIKELY && count >= STILL_MORE * mean) {
                surge.bin(count, mean, score, end);
            }
            state.learned = end;
            follow(surge, rhythm, state, context);
        }
        state.learned = end;
        state.close();
    }

    private boolean isSurge(long count, double mean, double score) {
        return count >= leastSources && count >= leastRatio * mean && score >= leastScore;
    }

    private void follow(Surge surge, DailyRhythm rhythm, SurgeState state, Context context) {
        boolean settled = context.time() - surge.first >= longest;
        if (settled || context.time() - surge.last >= quiet) {
            tell(surge, context, true, settled, false);
            state.surge = null;
            rhythm.calm();
            if (settled) {
                rhythm.settle(state.bin, binSeconds, surge.level);
            }
        } else if (surge.changed && (surge.revision == 0 || context.time() - surge.reported >= report)) {
            tell(surge, context, false, false, false);
            surge.changed = false;
        }
    }

    @Override
    public void onEvict(SurgeState state, Context context) {
        @Nullable Surge surge = state.surge;
        if (surge != null) {
            tell(surge, context, true, false, true);
        }
        state.clear();
    }

    private void tell(Surge surge, Context context, boolean ended, boolean settled, boolean cut) {
        String what = dimension.text(context.lo());
        surge.reported = context.time();
        context.emit(new Detection(
                Detection.idOf(declaration.id(), context.stream(), what, surge.first),
                surge.revision++,
                declaration.id(),
                declaration.version(),
                context.stream(),
                what,
                surge.first,
                surge.last,
                context.time(),
                ended,
                fields(surge, context.lo(), what)
                        .flag("settled", settled)
                        .flag("cut", cut)
                        .list()));
    }

    private DetectionFields fields(Surge surge, long key, String what) {
        DetectionFields fields =
                new DetectionFields().text("dimension", dimension.id()).text("what", what);
        switch (dimension) {
            case PORT ->
                fields.whole("port", key & 0xffff)
                        .counts("countries", surge.shares().foremost(FOREMOST, SurgeDimension.COUNTRY::text));
            case COUNTRY -> fields.counts("ports", surge.shares().foremost(FOREMOST, SurgeDimension.PORT::text));
            case NETWORK ->
                fields.whole("network", key)
                        .counts("ports", surge.shares().foremost(FOREMOST, SurgeDimension.PORT::text));
        }
        return fields.text("measure", "sources")
                .whole("observed", surge.observed)
                .whole("expected", Math.round(surge.expected))
                .whole("ratio", Math.round(100 * surge.observed / surge.expected))
                .whole("score", Math.round(surge.score))
                .whole("sources", surge.sources())
                .whole("packets", surge.packets)
                .whole("usual", surge.usual)
                .flag("new", surge.usual < newBelow);
    }
}

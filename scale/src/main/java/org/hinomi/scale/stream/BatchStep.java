package org.hinomi.scale.stream;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.scale.result.RefusedRow;
import org.hinomi.scale.result.ResultRow;
import org.hinomi.wire.batch.BatchHeader;
import org.hinomi.wire.batch.BatchReader;
import org.hinomi.wire.batch.Refusal;
import org.hinomi.wire.batch.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the batches of a sensor: refuses what can't be believed, leaves out parts that came before, deals tuples out to
 * buckets by their source, and keeps the sensor's time. A batch that is refused is counted and noted, and the rest goes
 * on. What time it is for a batch is when Kafka got it, so that reading it again later gives the same.
 */
@SuppressWarnings("NullAway.Init") // Flink opens a step before it uses it
public final class BatchStep extends KeyedProcessFunction<String, RawBatch, Chunk> {
    /** What was refused. */
    public static final OutputTag<ResultRow> REFUSED = new OutputTag<>("refused", ResultRow.TYPE);

    /** What there was how much of. */
    public static final OutputTag<Counted> COUNTS = new OutputTag<>("batch-counts", Counted.TYPE);

    private static final long serialVersionUID = 1;
    private static final String SENSOR = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private final Knowledge knowledge;
    private transient BatchReader reader;
    private transient Map<String, PrefixSet> dark;
    private transient Predicate<FlowRow> whole;
    private transient ValueState<SensorTime> time;

    /** A step that knows the rules and the dark addresses. */
    public BatchStep(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public void open(OpenContext context) {
        reader = new BatchReader("job", knowledge.catalogue());
        dark = knowledge.dark();
        List<Detector<?>> detectors = knowledge.detectors(true);
        Reference reference = knowledge.reference();
        whole = row -> detectors.stream().anyMatch(detector -> detector.wants(row, reference));
        time = getRuntimeContext().getState(new ValueStateDescriptor<>("time", new SensorTime.Form()));
    }

    @Override
    public void processElement(RawBatch raw, Context context, Collector<Chunk> out) throws IOException {
        DealtTuples dealt = new DealtTuples(dark.get(raw.sensor()), raw.sensor(), whole);
        BatchHeader header;
        try {
            if (!raw.sensor().matches(SENSOR)) {
                throw new RefusedException(
                        Refusal.WRONG_SENSOR, "The key of the record is not the name of a sensor; set it to that.");
            }
            header = reader.read(raw.bytes(), raw.sensor(), Instant.ofEpochMilli(raw.millis()), dealt);
        } catch (RefusedException e) {
            refuse(raw, e, context);
            return;
        }
        @Nullable SensorTime known = time.value();
        SensorTime now = known == null ? SensorTime.START : known;
        Map<String, Long> counts = new HashMap<>(Map.of("batches", 1L));
        for (DealtTuples.Dealt part : dealt.parts()) {
            if (now.knows(header.incarnation(), part.sequence())) {
                counts.merge("duplicate_parts", 1L, Long::sum);
                continue;
            }
            long before = now.watermark();
            now = now.after(header.incarnation(), part.sequence(), part.minute() - FlowMinutes.LATENESS_SECONDS);
            give(raw.sensor(), part.blocks(), part.minute(), before, now.watermark(), out);
            counts.merge("parts", 1L, Long::sum);
            counts.merge("tuples", part.tuples(), Long::sum);
            counts.merge("packets", part.packets(), Long::sum);
        }
        long before = now.watermark();
        now = now.upTo(observed(header, raw));
        give(raw.sensor(), new FlowBlock[Chunk.BUCKETS + 1], 0, before, now.watermark(), out);
        time.update(now);
        counts.forEach((name, more) -> context.output(COUNTS, new Counted(name, more)));
    }

    /** Up to when nothing more is to be expected, by what the sensor says: a quiet sensor's time goes on so. */
    private static long observed(BatchHeader header, RawBatch raw) {
        long upTo = Math.min(header.report().upTo(), raw.millis() / 1000 + BatchReader.AHEAD_SECONDS);
        return Math.floorDiv(upTo, 60) * 60 - FlowMinutes.LATENESS_SECONDS;
    }

    /** Buckets without tuples hear of it too when the time has moved. */
    private static void give(
            String sensor,
            @Nullable FlowBlock[] blocks,
            long minute,
            long before,
            long watermark,
            Collector<Chunk> out) {
        for (int bucket = 0; bucket <= Chunk.WHOLE; bucket++) {
            FlowBlock block = blocks[bucket];
            if (block != null || watermark > before) {
                out.collect(new Chunk(sensor, bucket, watermark, block == null ? new FlowBlock(minute) : block));
            }
        }
    }

    private static void refuse(RawBatch raw, RefusedException why, Context context) {
        String reason = why.reason().name().toLowerCase(Locale.ROOT);
        context.output(
                REFUSED,
                new RefusedRow(
                        raw.partition(),
                        raw.offset(),
                        raw.millis(),
                        raw.sensor().replaceAll("[^A-Za-z0-9._-]", "?"),
                        raw.bytes().length,
                        reason,
                        String.valueOf(why.getMessage()).replace("\0", "")));
        context.output(COUNTS, new Counted("refused_" + reason, 1));
    }
}

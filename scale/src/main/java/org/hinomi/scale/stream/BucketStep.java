package org.hinomi.scale.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.rollup.PortTest;
import org.hinomi.kernel.tally.TallyRow;
import org.hinomi.scale.result.DetectionRow;
import org.hinomi.scale.result.ResultRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the detectors on the tuples of a bucket, in the kernel's own engines, and sums them up. */
@SuppressWarnings("NullAway.Init") // Flink opens a step before it uses it
public final class BucketStep extends KeyedProcessFunction<String, Chunk, ResultRow> {
    /** What the bucket counted. */
    public static final OutputTag<Share> SHARES = new OutputTag<>("shares", Share.TYPE);

    /** What had to be left out. */
    public static final OutputTag<Counted> COUNTS = new OutputTag<>("bucket-counts", Counted.TYPE);

    private static final Logger LOG = LoggerFactory.getLogger(BucketStep.class);
    private static final long serialVersionUID = 1;
    private static final int MINUTE_TUPLES = 1 << 20;

    private final Knowledge knowledge;
    private transient List<Detector<?>> detectors;
    private transient Reference reference;
    private transient FingerprintCatalogue catalogue;
    private transient PortTest iotPorts;
    private transient ValueState<Bucket> buckets;
    private transient FlowRow row;
    private transient List<Detection> found;

    /** A step that knows the rules and the dark addresses. */
    public BucketStep(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    @Override
    public void open(OpenContext context) {
        detectors = knowledge.detectors();
        reference = knowledge.reference();
        catalogue = knowledge.catalogue();
        iotPorts = knowledge.iotPorts();
        buckets = getRuntimeContext().getState(new ValueStateDescriptor<>("bucket", new Bucket.Form()));
        row = new FlowRow();
        found = new ArrayList<>();
    }

    @Override
    public void processElement(Chunk chunk, Context context, Collector<ResultRow> out) throws IOException {
        @Nullable Bucket known = buckets.value();
        Bucket bucket = known == null ? new Bucket(fresh(chunk.sensor())) : known;
        Bucket.Live live = live(bucket, chunk.sensor(), context);
        Lost before = Lost.of(live);
        FlowBlock tuples = chunk.tuples();
        for (int i = 0; i < tuples.size(); i++) {
            tuples.read(i, row);
            for (KeyedEngine<?> engine : live.engines()) {
                engine.add(chunk.sensor(), row);
            }
            live.sums().add(row);
        }
        live.engines().forEach(engine -> engine.advance(chunk.sensor(), chunk.watermark()));
        List<TallyRow> rows = live.sums().advance(chunk.watermark());
        if (!rows.isEmpty()) {
            context.output(SHARES, new Share(chunk.sensor(), chunk.bucket(), chunk.watermark(), rows));
        }
        found.forEach(detection -> out.collect(DetectionRow.of(detection)));
        found.clear();
        Lost.of(live).tell(before, context);
        buckets.update(bucket);
    }

    private KeyedEngine<?> engine(Detector<?> detector) {
        long bytes = Math.max(1, knowledge.stateBytes() / Chunk.BUCKETS / detectors.size());
        return new KeyedEngine<>(detector, reference, new KeyedEngine.Bounds(bytes, MINUTE_TUPLES), found::add);
    }

    private Bucket.Live fresh(String sensor) {
        List<KeyedEngine<?>> engines = new ArrayList<>();
        detectors.forEach(detector -> engines.add(engine(detector)));
        return new Bucket.Live(engines, new BucketSums(sensor, catalogue, iotPorts));
    }

    private Bucket.Live live(Bucket bucket, String sensor, Context context) throws IOException {
        Bucket.Live live = bucket.live();
        if (live != null) {
            return live;
        }
        List<KeyedEngine<?>> engines = new ArrayList<>();
        DataInputDeserializer in = new DataInputDeserializer(bucket.enginesBytes());
        for (Detector<?> detector : detectors) {
            byte[] written = new byte[in.available() < Integer.BYTES ? 0 : in.readInt()];
            in.readFully(written);
            engines.add(read(detector, written, context));
        }
        BucketSums sums = fresh(sensor).sums();
        try {
            sums.read(new DataInputDeserializer(bucket.sumsBytes()));
        } catch (IOException e) {
            LOG.info("sums that were not given away of {} are lost: {}", chunkName(context), e.getMessage());
            context.output(COUNTS, new Counted("forgotten_sums", 1));
            sums = fresh(sensor).sums();
        }
        Bucket.Live read = new Bucket.Live(engines, sums);
        bucket.live(read);
        return read;
    }

    private KeyedEngine<?> read(Detector<?> detector, byte[] written, Context context) {
        KeyedEngine<?> engine = engine(detector);
        try {
            engine.read(new DataInputDeserializer(written));
            return engine;
        } catch (IOException e) {
            String id = detector.declaration().id();
            LOG.info("detector {} goes on without what it knew of {}: {}", id, chunkName(context), e.getMessage());
            context.output(COUNTS, new Counted("forgotten_engines", 1));
            return engine(detector);
        }
    }

    private static String chunkName(Context context) {
        return "bucket " + context.getCurrentKey();
    }

    /** What an engine had to leave out so far. */
    private record Lost(long late, long overflowed, long evicted, long forgotten, long unsummed) {
        static Lost of(Bucket.Live live) {
            return new Lost(
                    live.engines().getFirst().late(),
                    sum(live, KeyedEngine::overflowed),
                    sum(live, KeyedEngine::evicted),
                    sum(live, KeyedEngine::forgotten),
                    live.sums().late());
        }

        private static long sum(Bucket.Live live, ToLongFunction<KeyedEngine<?>> what) {
            return live.engines().stream().mapToLong(what).sum();
        }

        void tell(Lost before, Context context) {
            tell("late_tuples", late - before.late, context);
            tell("overflowed_tuples", overflowed - before.overflowed, context);
            tell("evicted_sources", evicted - before.evicted, context);
            tell("forgotten_events", forgotten - before.forgotten, context);
            tell("unsummed_tuples", unsummed - before.unsummed, context);
        }

        private static void tell(String name, long more, Context context) {
            if (more > 0) {
                context.output(COUNTS, new Counted(name, more));
            }
        }
    }
}

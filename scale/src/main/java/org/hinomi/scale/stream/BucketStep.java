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
    private static final int WHOLE_MINUTE_TUPLES = 1 << 23;

    private final Knowledge knowledge;
    private transient List<Detector<?>> ofSources;
    private transient List<Detector<?>> ofAll;
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
        ofSources = knowledge.detectors(false);
        ofAll = knowledge.detectors(true);
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
        Bucket bucket = known == null ? new Bucket(fresh(chunk)) : known;
        Bucket.Live live = live(bucket, chunk, context);
        Lost before = Lost.of(live, chunk);
        FlowBlock tuples = chunk.tuples();
        if (tuples.time() > 0) {
            live.engines().forEach(engine -> engine.begin(chunk.sensor(), tuples.time()));
        }
        for (int i = 0; i < tuples.size(); i++) {
            tuples.read(i, row);
            for (KeyedEngine<?> engine : live.engines()) {
                engine.add(chunk.sensor(), row);
            }
            if (!chunk.whole()) {
                live.sums().add(row);
            }
        }
        live.engines().forEach(engine -> engine.advance(chunk.sensor(), chunk.watermark()));
        List<TallyRow> rows = chunk.whole() ? List.of() : live.sums().advance(chunk.watermark());
        if (!rows.isEmpty()) {
            context.output(SHARES, new Share(chunk.sensor(), chunk.bucket(), chunk.watermark(), rows));
        }
        found.forEach(detection -> out.collect(DetectionRow.of(detection)));
        found.clear();
        Lost.of(live, chunk).tell(before, context);
        buckets.update(bucket);
    }

    private List<Detector<?>> detectors(Chunk chunk) {
        return chunk.whole() ? ofAll : ofSources;
    }

    private KeyedEngine<?> engine(Detector<?> detector, Chunk chunk) {
        long share = knowledge.stateBytes() / (ofSources.size() + ofAll.size());
        long bytes = Math.max(1, chunk.whole() ? share : share / Chunk.BUCKETS);
        int tuples = chunk.whole() ? WHOLE_MINUTE_TUPLES : MINUTE_TUPLES;
        return new KeyedEngine<>(detector, reference, new KeyedEngine.Bounds(bytes, tuples), found::add);
    }

    private Bucket.Live fresh(Chunk chunk) {
        List<KeyedEngine<?>> engines = new ArrayList<>();
        detectors(chunk).forEach(detector -> engines.add(engine(detector, chunk)));
        return new Bucket.Live(engines, new BucketSums(chunk.sensor(), catalogue, iotPorts));
    }

    private Bucket.Live live(Bucket bucket, Chunk chunk, Context context) throws IOException {
        Bucket.Live live = bucket.live();
        if (live != null) {
            return live;
        }
        List<KeyedEngine<?>> engines = new ArrayList<>();
        DataInputDeserializer in = new DataInputDeserializer(bucket.enginesBytes());
        for (Detector<?> detector : detectors(chunk)) {
            byte[] written = new byte[in.available() < Integer.BYTES ? 0 : in.readInt()];
            in.readFully(written);
            engines.add(read(detector, written, chunk, context));
        }
        BucketSums sums = fresh(chunk).sums();
        try {
            sums.read(new DataInputDeserializer(bucket.sumsBytes()));
        } catch (IOException e) {
            LOG.info("sums that were not given away of {} are lost: {}", chunkName(context), e.getMessage());
            context.output(COUNTS, new Counted("forgotten_sums", 1));
            sums = fresh(chunk).sums();
        }
        Bucket.Live read = new Bucket.Live(engines, sums);
        bucket.live(read);
        return read;
    }

    private KeyedEngine<?> read(Detector<?> detector, byte[] written, Chunk chunk, Context context) {
        KeyedEngine<?> engine = engine(detector, chunk);
        try {
            engine.read(new DataInputDeserializer(written));
            return engine;
        } catch (IOException e) {
            String id = detector.declaration().id();
            LOG.info("detector {} goes on without what it knew of {}: {}", id, chunkName(context), e.getMessage());
            context.output(COUNTS, new Counted("forgotten_engines", 1));
            return engine(detector, chunk);
        }
    }

    private static String chunkName(Context context) {
        return "bucket " + context.getCurrentKey();
    }

    /** What an engine had to leave out so far. */
    private record Lost(long late, long overflowed, long evicted, long forgotten, long unsummed) {
        static Lost of(Bucket.Live live, Chunk chunk) {
            return new Lost(
                    chunk.whole() ? 0 : live.engines().getFirst().late(),
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

package org.hinomi.scale.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import org.hinomi.kernel.detect.ScanState;
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

/** Runs the detector on the tuples of a bucket, in the kernel's own engine, and sums them up. */
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
    private transient Detector<ScanState> detector;
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
        detector = knowledge.detector();
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
        KeyedEngine<ScanState> engine = live.engine();
        Lost before = Lost.of(live);
        FlowBlock tuples = chunk.tuples();
        for (int i = 0; i < tuples.size(); i++) {
            tuples.read(i, row);
            engine.add(chunk.sensor(), row);
            live.sums().add(row);
        }
        engine.advance(chunk.sensor(), chunk.watermark());
        List<TallyRow> rows = live.sums().advance(chunk.watermark());
        if (!rows.isEmpty()) {
            context.output(SHARES, new Share(chunk.sensor(), chunk.bucket(), chunk.watermark(), rows));
        }
        found.forEach(detection -> out.collect(DetectionRow.of(detection)));
        found.clear();
        Lost.of(live).tell(before, context);
        buckets.update(bucket);
    }

    private Bucket.Live fresh(String sensor) {
        KeyedEngine.Bounds bounds =
                new KeyedEngine.Bounds(Math.max(1, knowledge.stateBytes() / Chunk.BUCKETS), MINUTE_TUPLES);
        return new Bucket.Live(
                new KeyedEngine<>(detector, reference, bounds, found::add),
                new BucketSums(sensor, catalogue, iotPorts));
    }

    private Bucket.Live live(Bucket bucket, String sensor, Context context) {
        Bucket.Live live = bucket.live();
        if (live != null) {
            return live;
        }
        Bucket.Live read = fresh(sensor);
        try {
            read.engine().read(new DataInputDeserializer(bucket.engineBytes()));
        } catch (IOException e) {
            LOG.info("the detector goes on without what it knew of {}: {}", chunkName(context), e.getMessage());
            context.output(COUNTS, new Counted("forgotten_engines", 1));
            read = new Bucket.Live(fresh(sensor).engine(), read.sums());
        }
        try {
            read.sums().read(new DataInputDeserializer(bucket.sumsBytes()));
        } catch (IOException e) {
            LOG.info("sums that were not given away of {} are lost: {}", chunkName(context), e.getMessage());
            context.output(COUNTS, new Counted("forgotten_sums", 1));
            read = new Bucket.Live(read.engine(), fresh(sensor).sums());
        }
        bucket.live(read);
        return read;
    }

    private static String chunkName(Context context) {
        return "bucket " + context.getCurrentKey();
    }

    /** What an engine had to leave out so far. */
    private record Lost(long late, long overflowed, long evicted, long forgotten, long unsummed) {
        static Lost of(Bucket.Live live) {
            KeyedEngine<ScanState> engine = live.engine();
            return new Lost(
                    engine.late(),
                    engine.overflowed(),
                    engine.evicted(),
                    engine.forgotten(),
                    live.sums().late());
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

package org.hinomi.scale;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.hinomi.scale.parquet.TupleFiles;
import org.hinomi.scale.result.ResultRow;
import org.hinomi.scale.result.ResultSink;
import org.hinomi.scale.stream.BatchStep;
import org.hinomi.scale.stream.BucketStep;
import org.hinomi.scale.stream.Chunk;
import org.hinomi.scale.stream.CountStep;
import org.hinomi.scale.stream.Counted;
import org.hinomi.scale.stream.Knowledge;
import org.hinomi.scale.stream.MergeStep;
import org.hinomi.scale.stream.RawBatch;
import org.hinomi.scale.stream.RawBatchReader;
import org.hinomi.scale.stream.Share;

/**
 * The job, from end to end: topic → batches of a sensor → buckets of its sources → detections and shares of sums → sums
 * → tables; and from the batches of a sensor to Parquet files. The names of steps are part of every savepoint.
 */
final class Pipeline {
    private Pipeline() {}

    static void build(StreamExecutionEnvironment env, JobSettings settings) {
        Knowledge knowledge = settings.knowledge();
        env.enableCheckpointing(settings.checkpointSeconds() * 1000L, CheckpointingMode.EXACTLY_ONCE);
        env.getConfig().enableObjectReuse();
        SingleOutputStreamOperator<Chunk> chunks = env.fromSource(
                        source(settings), WatermarkStrategy.noWatermarks(), "topic " + settings.topic())
                .uid("topic")
                .keyBy(RawBatch::sensor, Types.STRING)
                .process(new BatchStep(knowledge), Chunk.TYPE)
                .name("batches")
                .uid("batches");
        SingleOutputStreamOperator<ResultRow> detections = chunks.keyBy(Chunk::key, Types.STRING)
                .process(new BucketStep(knowledge), ResultRow.TYPE)
                .name("detectors and sums")
                .uid("buckets");
        DataStream<ResultRow> sums = detections
                .getSideOutput(BucketStep.SHARES)
                .keyBy(Share::sensor, Types.STRING)
                .process(new MergeStep(), ResultRow.TYPE)
                .name("sums")
                .uid("sums");
        DataStream<ResultRow> counts = chunks.getSideOutput(BatchStep.COUNTS)
                .union(detections.getSideOutput(BucketStep.COUNTS))
                .keyBy(Counted::name, Types.STRING)
                .process(new CountStep(), ResultRow.TYPE)
                .name("counts")
                .uid("counts");
        detections
                .union(sums, counts, chunks.getSideOutput(BatchStep.REFUSED))
                .sinkTo(new ResultSink(settings.results()))
                .name("results")
                .uid("results")
                .setParallelism(1);
        settings.parquet()
                .ifPresent(folder -> chunks.filter(chunk -> chunk.tuples().size() > 0 && !chunk.whole())
                        .name("tuples")
                        .uid("tuples")
                        .sinkTo(TupleFiles.to(folder, knowledge.fingerprints()))
                        .name("parquet")
                        .uid("parquet"));
    }

    private static KafkaSource<RawBatch> source(JobSettings settings) {
        return KafkaSource.<RawBatch>builder()
                .setBootstrapServers(settings.kafka())
                .setTopics(settings.topic())
                .setGroupId(settings.group())
                .setClientIdPrefix(settings.group())
                .setStartingOffsets(settings.fromLatest() ? OffsetsInitializer.latest() : OffsetsInitializer.earliest())
                .setDeserializer(new RawBatchReader())
                .setProperty("isolation.level", "read_committed")
                .setProperties(settings.kafkaProperties())
                .build();
    }
}

package org.hinomi.scale.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.hinomi.kernel.tally.HourTally;
import org.hinomi.kernel.tally.TallyRow;
import org.hinomi.scale.result.ResultRow;
import org.hinomi.scale.result.SumRow;
import org.jspecify.annotations.Nullable;

/**
 * Adds the shares of a sensor's buckets up, and gives out what has changed, about once a second. What all buckets have
 * left behind is forgotten.
 */
@SuppressWarnings("NullAway.Init") // Flink opens a step before it uses it
public final class MergeStep extends KeyedProcessFunction<String, Share, ResultRow> {
    private static final long serialVersionUID = 1;
    private static final long EVERY_MILLIS = 1000;

    private transient MapState<String, Sum> sums;
    private transient MapState<String, Boolean> changed;
    private transient MapState<String, Integer> sizes;
    private transient MapState<Integer, Long> watermarks;
    private transient ValueState<Long> forgotten;

    @Override
    public void open(OpenContext context) {
        sums = getRuntimeContext().getMapState(new MapStateDescriptor<>("sums", Types.STRING, Sum.TYPE));
        changed = getRuntimeContext().getMapState(new MapStateDescriptor<>("changed", Types.STRING, Types.BOOLEAN));
        sizes = getRuntimeContext().getMapState(new MapStateDescriptor<>("sizes", Types.STRING, Types.INT));
        watermarks = getRuntimeContext().getMapState(new MapStateDescriptor<>("watermarks", Types.INT, Types.LONG));
        forgotten = getRuntimeContext().getState(new ValueStateDescriptor<>("forgotten", Types.LONG));
    }

    @Override
    public void processElement(Share share, Context context, Collector<ResultRow> out) throws Exception {
        for (TallyRow part : share.rows()) {
            add(part);
        }
        watermarks.put(share.bucket(), share.watermark());
        long now = context.timerService().currentProcessingTime();
        context.timerService().registerProcessingTimeTimer((now / EVERY_MILLIS + 1) * EVERY_MILLIS);
    }

    private void add(TallyRow part) throws Exception {
        String group = part.step() + " " + part.time() + " " + part.dimension() + " ";
        String key = group + part.key();
        @Nullable Sum sum = sums.get(key);
        if (sum == null) {
            @Nullable Integer known = sizes.get(group);
            int size = known == null ? 0 : known;
            if (size >= HourTally.MOST_KEYS) {
                key = group + HourTally.REST;
                sum = sums.get(key);
            }
            if (sum == null) {
                sum = new Sum(part.step(), part.time(), part.dimension(), key.substring(group.length()));
                sizes.put(group, size + 1);
            }
        }
        sum.tally().add(part);
        sums.put(key, sum);
        changed.put(key, true);
    }

    @Override
    public void onTimer(long millis, OnTimerContext context, Collector<ResultRow> out) throws Exception {
        for (String key : changed.keys()) {
            @Nullable Sum sum = sums.get(key);
            if (sum != null) {
                out.collect(new SumRow(sum.row(context.getCurrentKey())));
            }
        }
        changed.clear();
        forget();
    }

    private void forget() throws Exception {
        long oldest = Long.MAX_VALUE;
        int buckets = 0;
        for (Map.Entry<Integer, Long> each : watermarks.entries()) {
            oldest = Math.min(oldest, each.getValue());
            buckets++;
        }
        long hour = Math.floorDiv(oldest, TallyRow.HOUR) * TallyRow.HOUR - TallyRow.HOUR - BucketSums.GRACE;
        @Nullable Long before = forgotten.value();
        if (buckets < Chunk.BUCKETS || before != null && hour <= before) {
            return;
        }
        List<String> old = new ArrayList<>();
        for (Map.Entry<String, Sum> each : sums.entries()) {
            if (each.getValue().time() < hour) {
                old.add(each.getKey());
            }
        }
        for (String key : old) {
            sums.remove(key);
            String group = key.substring(0, key.lastIndexOf(' ') + 1);
            sizes.remove(group);
        }
        forgotten.update(hour);
    }
}

package org.hinomi.scale.stream;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.hinomi.scale.result.CountRow;
import org.hinomi.scale.result.ResultRow;
import org.jspecify.annotations.Nullable;

/** Counts, by name: in the state, so that a crash counts nothing twice, and as Flink's metrics since the start. */
@SuppressWarnings("NullAway.Init") // Flink opens a step before it uses it
public final class CountStep extends KeyedProcessFunction<String, Counted, ResultRow> {
    private static final long serialVersionUID = 1;

    private transient ValueState<Long> count;
    private transient Map<String, Counter> metrics;

    @Override
    public void open(OpenContext context) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        metrics = new HashMap<>();
    }

    @Override
    public void processElement(Counted counted, Context context, Collector<ResultRow> out) throws IOException {
        @Nullable Long before = count.value();
        long now = (before == null ? 0 : before) + counted.more();
        count.update(now);
        metrics.computeIfAbsent(
                        counted.name(),
                        name -> getRuntimeContext().getMetricGroup().counter("hinomi_" + name))
                .inc(counted.more());
        out.collect(new CountRow(counted.name(), now));
    }
}

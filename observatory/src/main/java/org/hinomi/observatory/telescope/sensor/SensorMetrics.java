package org.hinomi.observatory.telescope.sensor;

import java.util.function.LongSupplier;
import org.hinomi.observatory.web.metrics.Metrics;

/** The counters of a sensor as metrics: what it counted, what it left out, and what was lost on the way. */
public final class SensorMetrics {
    private SensorMetrics() {}

    /** Lets metrics tell of a sensor. */
    public static void watch(Metrics metrics, Station run) {
        String name = run.sensor().name();
        counter(metrics, "hinomi_packets_total", "Packets counted", run::packets, name);
        counter(metrics, "hinomi_packets_outside_total", "Packets to addresses that are not dark", run::outside, name);
        counter(metrics, "hinomi_packets_refused_total", "Packets that could not be read", run::refused, name);
        counter(metrics, "hinomi_packets_dropped_total", "Packets lost", run::dropped, name);
        counter(
                metrics,
                "hinomi_ring_full_total",
                "Times a ring was full",
                () -> run.figures().ringFull(),
                name);
        counter(
                metrics,
                "hinomi_damaged_total",
                "Blocks or files that could not be read to their end",
                () -> run.figures().damaged(),
                name);
        counter(metrics, "hinomi_saturated_minutes_total", "Parts of saturated minutes", run::saturatedParts, name);
    }

    private static void counter(Metrics metrics, String id, String help, LongSupplier value, String sensor) {
        metrics.counter(id, help, value, "sensor", sensor);
    }
}

package org.hinomi.observatory.telescope.sensor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.web.Caller;
import org.jspecify.annotations.Nullable;

/** A sensor as the API tells of it. Its prefixes are for those who see dark addresses. */
record SensorStatus(
        String name,
        String place,
        double latitude,
        double longitude,
        String origin,
        String state,
        @Nullable String detail,
        @Nullable Long darkAddresses,
        @Nullable List<String> prefixes,
        @Nullable Instant eventTime,
        @Nullable Long lagSeconds,
        long packets,
        long outside,
        long refused,
        long dropped,
        long ringFull,
        long damaged,
        long saturatedMinutes,
        @Nullable String clock,
        @Nullable Map<String, Long> files,
        @Nullable Distance remote,
        @Nullable ClusterView cluster) {
    private static final long NANOS = 1_000_000_000L;

    /**
     * A sensor as a caller may see it.
     *
     * @param now seconds since 1970-01-01 UTC
     */
    static SensorStatus of(Station run, Caller caller, long now) {
        Sensor sensor = run.sensor();
        SourceFigures figures = run.figures();
        long nanos = run.eventNanos();
        Instant event = nanos == Long.MIN_VALUE ? null : Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS));
        boolean timed = event != null && sensor.origin() != Sensor.Origin.RECORDING;
        return new SensorStatus(
                sensor.name(),
                sensor.place(),
                sensor.latitude(),
                sensor.longitude(),
                sensor.origin().id(),
                run.state().id(),
                run.detail(),
                sensor.darknet().isEmpty() ? null : sensor.darknet().size(),
                caller.seesDarkAddresses()
                        ? sensor.darknet().prefixes().stream()
                                .map(Prefix::toString)
                                .toList()
                        : null,
                event,
                timed && event != null ? Math.max(0, now - event.getEpochSecond()) : null,
                run.packets(),
                run.outside(),
                run.refused(),
                run.dropped(),
                figures.ringFull(),
                figures.damaged(),
                run.saturatedParts(),
                figures.clock().orElse(null),
                figures.files().orElse(null),
                run.distance().orElse(null),
                run.cluster().orElse(null));
    }
}

package org.hinomi.observatory.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conditions on detections, as SQL with named values; what people wrote is only ever a value. */
final class DetectionFilter {
    private static final long MICROS = 1_000_000;

    private final List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Detections that overlap a time. */
    DetectionFilter within(Optional<Instant> from, Optional<Instant> to) {
        from.ifPresent(time -> add("seen > :from", "from", time.getEpochSecond() * MICROS));
        to.ifPresent(time -> add("started < :to", "to", time.getEpochSecond() * MICROS));
        return this;
    }

    /** Detections with a value in a column; the column's name comes from the program. */
    DetectionFilter with(String column, Optional<?> value) {
        value.ifPresent(v -> add(column + " = :" + column, column, v));
        return this;
    }

    /** Detections with another value in a column; the column's name comes from the program. */
    DetectionFilter without(String column, String value) {
        add(column + " <> :not_" + column, "not_" + column, value);
        return this;
    }

    /** Detections about research scanners, or others; fields are JSON without spaces, in which a text's quotes have a backslash. */
    DetectionFilter researcher(boolean known) {
        add("fields " + (known ? "" : "NOT ") + "LIKE :researcher", "researcher", "%\"researcher\":true%");
        return this;
    }

    DetectionFilter ofSensors(List<String> sensors) {
        if (sensors.isEmpty()) {
            conditions.add("1 = 0");
        }
        return among("sensor", sensors);
    }

    /** Detections with one of some values in a column; all when there are none. */
    DetectionFilter among(String column, List<String> some) {
        List<String> names = new ArrayList<>();
        for (String value : some) {
            String name = column + names.size();
            names.add(":" + name);
            values.put(name, value);
        }
        if (!names.isEmpty()) {
            conditions.add(column + " IN (" + String.join(", ", names) + ")");
        }
        return this;
    }

    DetectionFilter ofOrigin(String origin) {
        add("sensor IN (SELECT name FROM sensor WHERE origin = :origin)", "origin", origin);
        return this;
    }

    /** What comes after the last of a page. */
    DetectionFilter after(long seen, String id) {
        add("(seen < :afterSeen OR seen = :afterSeen AND id > :afterId)", "afterSeen", seen);
        values.put("afterId", id);
        return this;
    }

    private void add(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    String sql() {
        return String.join(" AND ", conditions);
    }

    Map<String, Object> values() {
        return values;
    }
}

package org.hinomi.observatory.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conditions on alerts, as SQL with named values; what people wrote is only ever a value. */
final class AlertFilter {
    private static final long MICROS = 1_000_000;

    private final List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Alerts about something that overlaps a time. */
    AlertFilter within(Optional<Instant> from, Optional<Instant> to) {
        from.ifPresent(time -> add("a.seen > :from", "from", time.getEpochSecond() * MICROS));
        to.ifPresent(time -> add("a.started < :to", "to", time.getEpochSecond() * MICROS));
        return this;
    }

    /** Alerts with a value in a column; the column's name comes from the program. */
    AlertFilter with(String column, Optional<?> value) {
        value.ifPresent(v -> add("a." + column + " = :" + column, column, v));
        return this;
    }

    /** Alerts of a severity or a higher one. */
    AlertFilter atLeast(int severity) {
        add("a.severity >= :severity", "severity", severity);
        return this;
    }

    /** Alerts that a mute keeps quiet, or those that none does. */
    AlertFilter muted(boolean muted) {
        conditions.add(muted ? "a.mute IS NOT NULL" : "a.mute IS NULL");
        return this;
    }

    /** Alerts that somebody called false, or those that nobody did. */
    AlertFilter falseAlarm(boolean called) {
        conditions.add((called ? "" : "NOT ") + "EXISTS (SELECT 1 FROM alert_feedback f WHERE f.alert = a.id)");
        return this;
    }

    /** Alerts about research scanners, or others; fields are JSON without spaces, in which a text's quotes have a backslash. */
    AlertFilter researcher(boolean known) {
        add("a.fields " + (known ? "" : "NOT ") + "LIKE :researcher", "researcher", "%\"researcher\":true%");
        return this;
    }

    AlertFilter ofSensors(List<String> sensors) {
        if (sensors.isEmpty()) {
            conditions.add("1 = 0");
        }
        return among("sensor", sensors);
    }

    /** Alerts with one of some values in a column; all when there are none. */
    AlertFilter among(String column, List<String> some) {
        List<String> names = new ArrayList<>();
        for (String value : some) {
            String name = column + names.size();
            names.add(":" + name);
            values.put(name, value);
        }
        if (!names.isEmpty()) {
            conditions.add("a." + column + " IN (" + String.join(", ", names) + ")");
        }
        return this;
    }

    AlertFilter ofOrigin(String origin) {
        add("a.sensor IN (SELECT name FROM sensor WHERE origin = :origin)", "origin", origin);
        return this;
    }

    /** Alerts of other detectors than one. */
    AlertFilter without(String detector) {
        add("a.detector <> :without", "without", detector);
        return this;
    }

    /** What comes after the last of a page. */
    AlertFilter after(long raised, String id) {
        add("(a.raised_us < :afterRaised OR a.raised_us = :afterRaised AND a.id > :afterId)", "afterRaised", raised);
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

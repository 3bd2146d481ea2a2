package org.hinomi.observatory.alert;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.alert.Severity;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Role;

/** What is asked about alerts, as a filter. */
final class AlertQuery {
    /** The parameters that narrow. */
    static final List<String> NAMES = List.of(
            "from",
            "to",
            "state",
            "detector",
            "sensor",
            "sensor_kind",
            "source",
            "port",
            "severity",
            "muted",
            "false_alarm",
            "ended",
            "researcher");

    private static final List<String> STATES = List.of(Alert.OPEN, Alert.ACKNOWLEDGED, Alert.CLOSED);
    private static final List<String> SENSOR_KINDS = List.of("live", "recording", "demo");
    private static final List<String> SEVERITIES = List.of(Severity.LOW.id(), Severity.MEDIUM.id(), Severity.HIGH.id());
    private static final List<String> YES_NO = List.of("true", "false");

    private AlertQuery() {}

    /**
     * The filter of a query. Without {@code muted} what is muted is left out; {@code muted=any} asks for both.
     *
     * @param shown the sensors that are shown when none is asked for
     */
    static AlertFilter filter(Query query, Caller caller, Supplier<List<String>> shown) {
        AlertFilter filter = new AlertFilter()
                .within(query.instant("from"), query.instant("to"))
                .among("state", all(query, "state", STATES))
                .among("detector", query.list("detector"))
                .with("source", query.text("source").map(AlertQuery::address))
                .with("port", boxed(query.whole("port", 0, 65_535)))
                .with("ended", one(query, "ended", YES_NO).map(Boolean::valueOf));
        if (!seesOwners(caller)) {
            filter.without(Alert.OWN);
        }
        one(query, "severity", SEVERITIES)
                .flatMap(Severity::of)
                .ifPresent(severity -> filter.atLeast(severity.ordinal()));
        one(query, "false_alarm", YES_NO).ifPresent(called -> filter.falseAlarm(Boolean.parseBoolean(called)));
        one(query, "researcher", YES_NO).ifPresent(known -> filter.researcher(Boolean.parseBoolean(known)));
        String muted = one(query, "muted", List.of("true", "false", "any")).orElse("false");
        if (!muted.equals("any")) {
            filter.muted(Boolean.parseBoolean(muted));
        }
        Optional<String> origin = one(query, "sensor_kind", SENSOR_KINDS);
        List<String> sensors = query.list("sensor");
        origin.ifPresent(filter::ofOrigin);
        if (!sensors.isEmpty() || origin.isEmpty()) {
            filter.ofSensors(sensors.isEmpty() ? shown.get() : sensors);
        }
        return filter;
    }

    /** Whether somebody may know whose a machine is. */
    static boolean seesOwners(Caller caller) {
        return caller.signedIn() && caller.role().includes(Role.ANALYST);
    }

    private static String address(String text) {
        return IpAddress.parse(text)
                .orElseThrow(() -> Query.unusable("source", text, "an IPv4 or IPv6 address"))
                .toString();
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private static List<String> all(Query query, String name, List<String> allowed) {
        List<String> given = query.list(name);
        given.stream().filter(value -> !allowed.contains(value)).findFirst().ifPresent(value -> {
            throw Query.unusable(name, value, "some of " + String.join(", ", allowed));
        });
        return given;
    }

    private static Optional<String> one(Query query, String name, List<String> allowed) {
        Optional<String> text = query.text(name);
        text.filter(value -> !allowed.contains(value)).ifPresent(value -> {
            throw Query.unusable(name, value, "one of " + String.join(", ", allowed));
        });
        return text;
    }

    /** Goes on after a page. */
    static void after(AlertFilter filter, String cursor) {
        if (!cursor.matches("-?[0-9]{1,18}-[0-9a-f]{32}")) {
            throw Problem.badRequest("Parameter \"cursor\" must be the \"next\" of the page before.");
        }
        int dash = cursor.lastIndexOf('-');
        filter.after(Long.parseLong(cursor.substring(0, dash)), cursor.substring(dash + 1));
    }
}

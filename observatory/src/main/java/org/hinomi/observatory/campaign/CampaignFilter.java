package org.hinomi.observatory.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;

/** Conditions on campaigns, as SQL with named values; what people wrote is only ever a value. */
final class CampaignFilter {
    /** The parameters that narrow. */
    static final List<String> NAMES = List.of("from", "to", "port", "family", "country", "state", "sensor_kind");

    private static final List<String> STATES = List.of(CampaignRow.ACTIVE, CampaignRow.QUIET, CampaignRow.MERGED);
    private static final List<String> KINDS = List.of("live", "recording", "demo");

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * The filter of a query.
     *
     * @param watches names of what is shown, when no kind is asked for
     */
    static CampaignFilter of(Query query, Supplier<List<String>> watches) {
        CampaignFilter filter = new CampaignFilter();
        query.instant("from")
                .ifPresent(time -> filter.add("c.last_day >= :from", "from", Days.of(time.getEpochSecond())));
        query.instant("to")
                .ifPresent(time -> filter.add("c.first_day <= :to", "to", Days.of(time.getEpochSecond() - 1)));
        filter.trait(
                "port", text(query, "port", "(tcp|udp|icmp|icmpv6|[0-9]{1,3})/[0-9]{1,5}", "a port such as tcp/23"));
        filter.trait("family", text(query, "family", "[A-Za-z0-9._-]{1,64}", "the name of a fingerprint"));
        filter.trait("country", text(query, "country", "[A-Z]{2}|\\?\\?", "two letters such as JP, or ?? for unknown"));
        filter.among("state", all(query, "state", STATES));
        List<String> kinds = all(query, "sensor_kind", KINDS);
        if (kinds.isEmpty()) {
            List<String> shown = watches.get();
            filter.conditions.add(shown.isEmpty() ? "1 = 0" : "1 = 1");
            filter.among("watch", shown);
        } else {
            filter.among("kind", kinds);
        }
        query.text("cursor").ifPresent(filter::after);
        return filter;
    }

    private static Optional<String> text(Query query, String name, String pattern, String allowed) {
        Optional<String> text = query.text(name);
        text.filter(value -> !value.matches(pattern)).ifPresent(value -> {
            throw Query.unusable(name, value, allowed);
        });
        return text;
    }

    private static List<String> all(Query query, String name, List<String> allowed) {
        List<String> given = query.list(name);
        given.stream().filter(value -> !allowed.contains(value)).findFirst().ifPresent(value -> {
            throw Query.unusable(name, value, "some of " + String.join(", ", allowed));
        });
        return given;
    }

    private void trait(String dimension, Optional<String> key) {
        key.ifPresent(value -> add(
                "EXISTS (SELECT 1 FROM campaign_trait t WHERE t.campaign = c.id AND t.dimension = '" + dimension
                        + "' AND t.key = :" + dimension + ")",
                dimension,
                value));
    }

    private void among(String column, List<String> some) {
        List<String> names = new ArrayList<>();
        for (String value : some) {
            values.put(column + names.size(), value);
            names.add(":" + column + names.size());
        }
        if (!names.isEmpty()) {
            conditions.add("c." + column + " IN (" + String.join(", ", names) + ")");
        }
    }

    private void after(String cursor) {
        if (!cursor.matches("-?[0-9]{1,9}_[0-9]{1,9}_[0-9a-f]{32}")) {
            throw Problem.badRequest("Parameter \"cursor\" must be the \"next\" of the page before.");
        }
        String[] parts = cursor.split("_", 3);
        add(
                "(c.last_day < :afterDay OR c.last_day = :afterDay AND (c.size < :afterSize OR c.size = :afterSize"
                        + " AND c.id > :afterId))",
                "afterDay",
                Long.parseLong(parts[0]));
        values.put("afterSize", Long.parseLong(parts[1]));
        values.put("afterId", parts[2]);
    }

    /** Where the page after a campaign begins. */
    static String cursor(CampaignRow last) {
        return last.lastDay() + "_" + last.size() + "_" + last.id();
    }

    private void add(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    String sql() {
        return conditions.isEmpty() ? "1 = 1" : String.join(" AND ", conditions);
    }

    Map<String, Object> values() {
        return values;
    }
}

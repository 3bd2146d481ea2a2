package org.hinomi.observatory.campaign;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as it is stored, with what people say of it. Public, so that rows map to it.
 *
 * @param kind of what is watched
 * @param label what the program calls it
 * @param size sources on the last day it was seen
 * @param total different sources over all days
 * @param ports packets by port on its last day, as JSON
 * @param families sources by family on its last day, as JSON
 * @param countries sources by country on its last day, as JSON
 */
public record CampaignRow(
        String id,
        String kind,
        String label,
        String state,
        long firstDay,
        long lastDay,
        long days,
        long peak,
        long total,
        long size,
        long packets,
        String ports,
        String families,
        String countries,
        @Nullable String name,
        @Nullable String note,
        @Nullable String namedBy,
        @Nullable Long namedUs) {
    /** It was there on the last day that was looked at. */
    static final String ACTIVE = "active";

    /** It was not. */
    static final String QUIET = "quiet";

    /** It went into another one. */
    static final String MERGED = "merged";

    /** What is selected from {@link #FROM}. */
    static final String COLUMNS = "c.id, c.kind, c.label, c.state, c.first_day, c.last_day, c.days, c.peak, c.total,"
            + " c.size, c.packets, c.ports, c.families, c.countries, n.name, n.note, n.named_by, n.named_us";

    /** The tables. */
    static final String FROM = "campaign c LEFT JOIN campaign_name n ON n.campaign = c.id";

    /** Keys of a stored map, those with most first. */
    static List<String> foremost(String json) {
        return counts(json).entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A stored map. */
    static Map<String, Long> counts(String json) {
        Map<String, Long> counts = new TreeMap<>();
        read(json, Map.class).forEach((key, value) -> {
            if (value instanceof Number number) {
                counts.put(String.valueOf(key), number.longValue());
            }
        });
        return counts;
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (JsonException e) {
            throw new StoreException("a stored campaign is damaged: " + e.getMessage(), e);
        }
    }
}

package org.hinomi.observatory.campaign;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hinomi.kernel.address.Places;
import org.hinomi.observatory.campaign.CampaignQueries.Counted;
import org.hinomi.observatory.campaign.CampaignQueries.DayRow;
import org.hinomi.observatory.campaign.CampaignQueries.LineageRow;
import org.hinomi.observatory.store.control.EpochMicros;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a campaign.
 *
 * @param growth by day, oldest first; days on which it was not seen are left out
 * @param ports packets by port on its last day
 * @param families sources by family on its last day
 * @param countries sources by country over all days
 * @param networks sources by number of the autonomous system over all days
 * @param attribution null when nothing is known of its last day
 */
record Dossier(
        CampaignView campaign,
        String note,
        @Nullable String namedBy,
        @Nullable Instant named,
        List<GrowthDay> growth,
        List<Share> ports,
        List<Share> families,
        List<Share> countries,
        List<Share> networks,
        List<Step> lineage,
        List<Similar> similar,
        @Nullable AttributionView attribution) {
    private static final int POINTS = 30;
    private static final int MOST_DAYS = 1000;
    private static final int MOST_COUNTRIES = 260;
    private static final int MOST_NETWORKS = 50;

    /** A day; {@code new_sources} were not in it before, {@code gone_sources} were there the day before. */
    record GrowthDay(String day, long sources, long newSources, long goneSources, long packets) {}

    /** How many packets or sources have something, and which part of all that is, 0 to 1. */
    record Share(String key, @Nullable String name, long count, double share) {}

    /** A part that came or went; the other campaign is null when it has aged away. */
    record Step(String day, String kind, CampaignView.@Nullable Named other, long sources) {}

    /** A campaign that behaved alike, 0 to 1. */
    record Similar(CampaignView.Named campaign, double likeness) {}

    /** The dossier of a campaign. */
    static Dossier of(CampaignRow row, CampaignQueries queries, Places places) {
        List<DayRow> days = queries.growth(List.of(row.id()), MOST_DAYS).getOrDefault(row.id(), List.of());
        Optional<DayRow> last = queries.lastDay(row.id());
        List<LineageRow> lineage = queries.lineage(row.id());
        List<Likeness> alike = last.map(day -> alike(day.similar())).orElse(List.of());
        List<String> others =
                new ArrayList<>(lineage.stream().map(LineageRow::other).toList());
        alike.forEach(each -> others.add(each.campaign()));
        Map<String, CampaignRow> known = queries.find(others);
        Long named = row.namedUs();
        return new Dossier(
                CampaignView.of(row, days.subList(Math.max(0, days.size() - POINTS), days.size())),
                Optional.ofNullable(row.note()).orElse(""),
                row.namedBy(),
                named == null ? null : EpochMicros.time(named),
                days.stream().map(Dossier::day).toList(),
                last.map(day -> shares(CampaignRow.counts(day.ports()), day.packets()))
                        .orElse(List.of()),
                last.map(day -> shares(CampaignRow.counts(day.families()), day.size()))
                        .orElse(List.of()),
                shares(queries.members(row.id(), "country", MOST_COUNTRIES), row.total(), key -> null),
                shares(queries.members(row.id(), "asn", MOST_NETWORKS), row.total(), key -> network(places, key)),
                lineage.stream().map(step -> step(step, known)).toList(),
                alike.stream()
                        .filter(each -> known.containsKey(each.campaign()))
                        .map(each -> new Similar(
                                CampaignView.Named.of(java.util.Objects.requireNonNull(known.get(each.campaign()))),
                                each.likeness()))
                        .toList(),
                last.map(day -> AttributionView.of(day.attribution())).orElse(null));
    }

    private static GrowthDay day(DayRow row) {
        return new GrowthDay(Days.text(row.day()), row.size(), row.joined(), row.gone(), row.packets());
    }

    private static Step step(LineageRow row, Map<String, CampaignRow> known) {
        CampaignRow other = known.get(row.other());
        return new Step(
                Days.text(row.day()), row.kind(), other == null ? null : CampaignView.Named.of(other), row.size());
    }

    private record Likeness(String campaign, double likeness) {}

    private static List<Likeness> alike(String json) {
        return List.of(CampaignRow.read(json, Likeness[].class));
    }

    private static @Nullable String network(Places places, String asn) {
        return places.networkName(Long.parseLong(asn)).orElse(null);
    }

    private static List<Share> shares(Map<String, Long> counts, long all) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(each -> new Share(each.getKey(), null, each.getValue(), part(each.getValue(), all)))
                .toList();
    }

    private static List<Share> shares(List<Counted> counts, long all, Function<String, @Nullable String> name) {
        return counts.stream()
                .map(each -> new Share(each.key(), name.apply(each.key()), each.sources(), part(each.sources(), all)))
                .toList();
    }

    private static double part(long count, long all) {
        return all <= 0 ? 0 : Math.min(1, (double) count / all);
    }
}

package org.hinomi.observatory.campaign;

import java.util.List;
import org.hinomi.observatory.campaign.CampaignQueries.DayRow;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as lists show it. It names no dark address.
 *
 * @param name what people call it
 * @param label what the program calls it
 * @param sources different sources over all days
 * @param sourcesLast sources on its last day
 * @param growth its last days
 */
record CampaignView(
        String id,
        @Nullable String name,
        String label,
        String sensorKind,
        String state,
        String firstDay,
        String lastDay,
        long days,
        long sources,
        long sourcesLast,
        long peak,
        long packets,
        List<String> ports,
        List<String> families,
        List<String> countries,
        List<Point> growth) {
    /** How many sources it had on a day. */
    record Point(String day, long sources) {}

    /** What another campaign is called, where it is spoken of. */
    record Named(String id, @Nullable String name, String label, String firstDay, String lastDay) {
        static Named of(CampaignRow row) {
            return new Named(
                    row.id(), some(row.name()), row.label(), Days.text(row.firstDay()), Days.text(row.lastDay()));
        }
    }

    static CampaignView of(CampaignRow row, List<DayRow> growth) {
        return new CampaignView(
                row.id(),
                some(row.name()),
                row.label(),
                row.kind(),
                row.state(),
                Days.text(row.firstDay()),
                Days.text(row.lastDay()),
                row.days(),
                row.total(),
                row.size(),
                row.peak(),
                row.packets(),
                CampaignRow.foremost(row.ports()),
                CampaignRow.foremost(row.families()),
                CampaignRow.foremost(row.countries()),
                growth.stream()
                        .map(day -> new Point(Days.text(day.day()), day.size()))
                        .toList());
    }

    private static @Nullable String some(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}

package org.hinomi.observatory.campaign;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.campaign.Campaign;
import org.hinomi.kernel.campaign.CampaignDay;
import org.hinomi.kernel.campaign.CampaignReport;
import org.hinomi.kernel.campaign.Change;
import org.hinomi.kernel.campaign.SourceDay;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.web.json.Json;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes campaigns to the control database: a day and all that is remembered after it as one. */
public final class CampaignStore {
    /** The most members of a campaign that are kept; those that were seen last. */
    static final int MOST_MEMBERS = 100_000;

    /** Before every day. */
    private static final long NEVER = Long.MIN_VALUE / Days.SECONDS;

    private static final List<String> TABLES =
            List.of("campaign_day", "campaign_member", "campaign_trait", "campaign_lineage");

    private final Jdbi jdbi;

    /** A store in the control database. */
    public CampaignStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How far something watched is looked at: the last day, and what the kernel remembers after it. */
    public record Reached(long day, byte[] snapshot) {}

    /** The last day that something watched was looked at; long ago when it never was. */
    long lastDay(String watch) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT day FROM campaign_watch WHERE watch = :watch")
                .bind("watch", watch)
                .mapTo(Long.class)
                .findOne()
                .orElse(NEVER));
    }

    Optional<Reached> reached(String watch) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT day, snapshot FROM campaign_watch WHERE watch = :watch")
                        .bind("watch", watch)
                        .mapTo(Reached.class)
                        .findOne());
    }

    /** Removes all that is known of something watched, but for what people said of it. */
    public void forget(String watch) {
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM campaign_watch WHERE watch = ?", watch);
            handle.execute("DELETE FROM campaign WHERE watch = ?", watch);
            sweep(handle);
        });
    }

    /** Removes campaigns of some kinds that ended before a day, and what others were and had before it. */
    public void retain(Collection<String> kinds, long oldestDay) {
        jdbi.useTransaction(handle -> {
            int gone = 0;
            for (String kind : kinds) {
                gone += handle.execute("DELETE FROM campaign WHERE kind = ? AND last_day < ?", kind, oldestDay);
                for (String aged : List.of(
                        "campaign_day WHERE day",
                        "campaign_member WHERE last_day",
                        "campaign_trait WHERE last_day",
                        "campaign_lineage WHERE day")) {
                    handle.execute(
                            "DELETE FROM " + aged + " < ? AND campaign IN (SELECT id FROM campaign WHERE kind = ?)",
                            oldestDay,
                            kind);
                }
            }
            if (gone > 0) {
                sweep(handle);
            }
        });
    }

    private static void sweep(Handle handle) {
        for (String table : TABLES) {
            handle.execute("DELETE FROM " + table + " WHERE NOT EXISTS (SELECT 1 FROM campaign c WHERE c.id = " + table
                    + ".campaign)");
        }
    }

    /**
     * Stores what came of a day, wholly or not at all.
     *
     * @throws StoreException when it can't be written
     */
    void write(Watch watch, CampaignReport report, List<SourceDay> sources, byte[] snapshot) {
        Map<IpAddress, SourceDay> known =
                sources.stream().collect(Collectors.toMap(SourceDay::address, Function.identity()));
        Map<String, Campaign> campaigns =
                report.campaigns().stream().collect(Collectors.toMap(Campaign::id, Function.identity()));
        try {
            jdbi.useTransaction(handle -> {
                for (CampaignDay day : report.days()) {
                    Campaign of = campaigns.get(day.campaign());
                    if (of != null) {
                        write(handle, watch, of, day, known);
                    }
                }
                handle.createUpdate("""
                                INSERT INTO campaign_watch (watch, kind, day, snapshot)
                                VALUES (:watch, :kind, :day, :snapshot)
                                ON CONFLICT (watch) DO UPDATE SET kind = excluded.kind, day = excluded.day,
                                  snapshot = excluded.snapshot
                                """)
                        .bind("watch", watch.name())
                        .bind("kind", watch.kind())
                        .bind("day", report.day().toEpochDay())
                        .bind("snapshot", snapshot)
                        .execute();
            });
        } catch (JdbiException e) {
            throw new StoreException(
                    "campaigns of " + report.day() + " can't be written to the control database (" + e.getMessage()
                            + "); make room or mend the disk: the day is looked at again",
                    e);
        }
    }

    private static void write(
            Handle handle, Watch watch, Campaign of, CampaignDay day, Map<IpAddress, SourceDay> known) {
        String id = CampaignId.of(watch.name(), of.id());
        campaign(handle, watch, id, of, day);
        day(handle, watch, id, day);
        if (day.size() > 0) {
            members(handle, id, day, known);
            traits(handle, id, day, "port", day.ports().keySet());
            traits(handle, id, day, "family", day.families().keySet());
            traits(handle, id, day, "country", day.countries().keySet());
        }
        lineage(handle, watch, id, of, day);
    }

    private static void campaign(Handle handle, Watch watch, String id, Campaign of, CampaignDay day) {
        handle.createUpdate("""
                        INSERT INTO campaign (id, watch, kind, label, state, first_day, last_day, days, peak, total,
                          size, packets, ports, families, countries)
                        VALUES (:id, :watch, :kind, :label, :state, :first, :last, :days, :peak, :total,
                          :size, :packets, :ports, :families, :countries)
                        ON CONFLICT (id) DO UPDATE SET label = excluded.label, state = excluded.state,
                          last_day = excluded.last_day, days = excluded.days, peak = excluded.peak,
                          total = excluded.total, packets = campaign.packets + excluded.packets,
                          size = CASE WHEN excluded.size > 0 THEN excluded.size ELSE campaign.size END,
                          ports = CASE WHEN excluded.size > 0 THEN excluded.ports ELSE campaign.ports END,
                          families = CASE WHEN excluded.size > 0 THEN excluded.families ELSE campaign.families END,
                          countries = CASE WHEN excluded.size > 0 THEN excluded.countries ELSE campaign.countries END
                        """)
                .bind("id", id)
                .bind("watch", watch.name())
                .bind("kind", watch.kind())
                .bind("label", of.name())
                .bind("state", state(of.state()))
                .bind("first", of.first().toEpochDay())
                .bind("last", of.last().toEpochDay())
                .bind("days", of.days())
                .bind("peak", of.peak())
                .bind("total", of.total())
                .bind("size", day.size())
                .bind("packets", day.packets())
                .bind("ports", Json.text(day.ports()))
                .bind("families", Json.text(day.families()))
                .bind("countries", Json.text(day.countries()))
                .execute();
    }

    private static String state(Change change) {
        return switch (change) {
            case BORN, CONTINUED, SPLIT, MERGED, RETURNED -> CampaignRow.ACTIVE;
            case DORMANT -> CampaignRow.QUIET;
            case ABSORBED -> CampaignRow.MERGED;
        };
    }

    private static void day(Handle handle, Watch watch, String id, CampaignDay day) {
        List<Map<String, Object>> similar = day.similar().stream()
                .map(each -> Map.<String, Object>of(
                        "campaign", CampaignId.of(watch.name(), each.campaign()), "likeness", each.likeness()))
                .toList();
        handle.createUpdate("""
                        INSERT INTO campaign_day (campaign, day, change, size, joined, gone, packets, cohesion, ports,
                          families, similar, attribution)
                        VALUES (:campaign, :day, :change, :size, :joined, :gone, :packets, :cohesion, :ports,
                          :families, :similar, :attribution)
                        """)
                .bind("campaign", id)
                .bind("day", day.day().toEpochDay())
                .bind("change", day.change().id())
                .bind("size", day.size())
                .bind("joined", day.joined())
                .bind("gone", day.left())
                .bind("packets", day.packets())
                .bind("cohesion", day.cohesion())
                .bind("ports", Json.text(day.ports()))
                .bind("families", Json.text(day.families()))
                .bind("similar", Json.text(similar))
                .bind("attribution", Json.text(day.attribution()))
                .execute();
    }

    private static void members(Handle handle, String id, CampaignDay day, Map<IpAddress, SourceDay> known) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO campaign_member (campaign, source, country, asn, first_day, last_day, days, packets)
                VALUES (:campaign, :source, :country, :asn, :day, :day, 1, :packets)
                ON CONFLICT (campaign, source) DO UPDATE SET country = excluded.country, asn = excluded.asn,
                  last_day = excluded.last_day, days = campaign_member.days + 1,
                  packets = campaign_member.packets + excluded.packets
                """);
        for (IpAddress member : day.members()) {
            SourceDay of = known.get(member);
            batch.bind("campaign", id)
                    .bind("source", member.toString())
                    .bind("country", of == null ? "??" : letters(of.country()))
                    .bind("asn", of == null ? 0 : of.asn())
                    .bind("day", day.day().toEpochDay())
                    .bind("packets", of == null ? 0 : of.packets())
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
            handle.createUpdate("DELETE FROM campaign_member WHERE campaign = :campaign AND last_day <"
                            + " (SELECT last_day FROM campaign_member WHERE campaign = :campaign"
                            + " ORDER BY last_day DESC LIMIT 1 OFFSET :most)")
                    .bind("campaign", id)
                    .bind("most", MOST_MEMBERS)
                    .execute();
        }
    }

    private static String letters(int country) {
        return country == 0 ? "??" : "" + (char) (country >>> 8) + (char) (country & 0xff);
    }

    private static void traits(Handle handle, String id, CampaignDay day, String dimension, Collection<String> keys) {
        for (String key : keys) {
            handle.createUpdate("""
                            INSERT INTO campaign_trait (campaign, dimension, key, last_day)
                            VALUES (:campaign, :dimension, :key, :day)
                            ON CONFLICT (campaign, dimension, key) DO UPDATE SET last_day = excluded.last_day
                            """)
                    .bind("campaign", id)
                    .bind("dimension", dimension)
                    .bind("key", key)
                    .bind("day", day.day().toEpochDay())
                    .execute();
        }
    }

    private static void lineage(Handle handle, Watch watch, String id, Campaign of, CampaignDay day) {
        if (of.first().equals(day.day())) {
            for (String parent : of.parents()) {
                String from = CampaignId.of(watch.name(), parent);
                lineage(handle, id, day, "split_from", from, id);
                lineage(handle, from, day, "split_into", id, id);
            }
        }
        if (day.change() == Change.ABSORBED && !of.into().isEmpty()) {
            String into = CampaignId.of(watch.name(), of.into());
            lineage(handle, id, day, "merged_into", into, id);
            lineage(handle, into, day, "merged_from", id, id);
        }
    }

    /** Notes one side; what is counted are the sources of {@code part} on the last day it was on its own. */
    private static void lineage(Handle handle, String id, CampaignDay day, String kind, String other, String part) {
        handle.createUpdate("""
                        INSERT INTO campaign_lineage (campaign, day, kind, other, size)
                        VALUES (:campaign, :day, :kind, :other,
                          coalesce((SELECT size FROM campaign WHERE id = :part), 0))
                        ON CONFLICT (campaign, day, kind, other) DO NOTHING
                        """)
                .bind("campaign", id)
                .bind("day", day.day().toEpochDay())
                .bind("kind", kind)
                .bind("other", other)
                .bind("part", part)
                .execute();
    }
}

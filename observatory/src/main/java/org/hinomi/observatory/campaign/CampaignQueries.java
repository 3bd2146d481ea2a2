package org.hinomi.observatory.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.access.AuditLog;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Reads what is stored of campaigns, and keeps what people say of them. */
final class CampaignQueries {
    private static final int MOST_DAYS = 1000;
    private static final int MOST_LINEAGE = 200;

    private final Jdbi jdbi;

    CampaignQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A day of a campaign. */
    public record DayRow(
            String campaign,
            long day,
            long size,
            long joined,
            long gone,
            long packets,
            String ports,
            String families,
            String similar,
            String attribution) {}

    /** Something counted over all members. */
    public record Counted(String key, long sources) {}

    /** A member. */
    public record MemberRow(
            String source, String country, long asn, long firstDay, long lastDay, long days, long packets) {}

    /** A step of a lineage. */
    public record LineageRow(long day, String kind, String other, long size) {}

    List<CampaignRow> list(CampaignFilter filter, int limit) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("SELECT " + CampaignRow.COLUMNS + " FROM " + CampaignRow.FROM + " WHERE "
                    + filter.sql() + " ORDER BY c.last_day DESC, c.size DESC, c.id LIMIT :limit");
            filter.values().forEach(query::bind);
            return query.bind("limit", limit).mapTo(CampaignRow.class).list();
        });
    }

    Optional<CampaignRow> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + CampaignRow.COLUMNS + " FROM " + CampaignRow.FROM + " WHERE c.id = :id")
                .bind("id", id)
                .mapTo(CampaignRow.class)
                .findOne());
    }

    /** Those of some ids that are known, by id. */
    Map<String, CampaignRow> find(List<String> ids) {
        Map<String, CampaignRow> found = new HashMap<>();
        ids.stream().distinct().forEach(id -> find(id).ifPresent(row -> found.put(id, row)));
        return found;
    }

    /** The last days of some campaigns that they were seen on, oldest first; at most so many of each. */
    Map<String, List<DayRow>> growth(List<String> ids, int most) {
        return jdbi.withHandle(handle -> {
            Map<String, List<DayRow>> growth = new HashMap<>();
            for (String id : ids) {
                List<DayRow> days = new ArrayList<>(handle.createQuery("SELECT campaign, day, size, joined, gone,"
                                + " packets, '{}' AS ports, '{}' AS families, '[]' AS similar, '' AS attribution"
                                + " FROM campaign_day WHERE campaign = :id AND size > 0 ORDER BY day DESC LIMIT :most")
                        .bind("id", id)
                        .bind("most", Math.min(most, MOST_DAYS))
                        .mapTo(DayRow.class)
                        .list());
                growth.put(id, days.reversed());
            }
            return growth;
        });
    }

    /** The last day a campaign was seen, with all that is told of it. */
    Optional<DayRow> lastDay(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT campaign, day, size, joined, gone, packets, ports,"
                        + " families, similar, attribution FROM campaign_day WHERE campaign = :id AND size > 0"
                        + " ORDER BY day DESC LIMIT 1")
                .bind("id", id)
                .mapTo(DayRow.class)
                .findOne());
    }

    List<LineageRow> lineage(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT day, kind, other, size FROM campaign_lineage"
                        + " WHERE campaign = :id ORDER BY day, kind, other LIMIT :most")
                .bind("id", id)
                .bind("most", MOST_LINEAGE)
                .mapTo(LineageRow.class)
                .list());
    }

    /** Members by a column, those with most first. */
    List<Counted> members(String id, String column, int most) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT CAST(" + column + " AS TEXT) AS key,"
                        + " count(*) AS sources FROM campaign_member WHERE campaign = :id GROUP BY " + column
                        + " ORDER BY count(*) DESC, " + column + " LIMIT :most")
                .bind("id", id)
                .bind("most", most)
                .mapTo(Counted.class)
                .list());
    }

    /** Members, those seen last first. */
    List<MemberRow> members(String id, int limit, int offset) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT source, country, asn, first_day, last_day, days,"
                        + " packets FROM campaign_member WHERE campaign = :id"
                        + " ORDER BY last_day DESC, packets DESC, source LIMIT :limit OFFSET :offset")
                .bind("id", id)
                .bind("limit", limit)
                .bind("offset", offset)
                .mapTo(MemberRow.class)
                .list());
    }

    /** The last day that some of what is watched was looked at. */
    OptionalLong lastDay(List<String> watches) {
        return jdbi.withHandle(handle -> watches.stream()
                .flatMap(watch -> handle
                        .createQuery("SELECT day FROM campaign_watch WHERE watch = :watch")
                        .bind("watch", watch)
                        .mapTo(Long.class)
                        .findOne()
                        .stream())
                .mapToLong(Long::longValue)
                .max());
    }

    /** Keeps what somebody says of a campaign, and who it was; nothing said takes it away. */
    void say(CampaignRow of, String name, String note, Caller caller, long nowUs, AuditLog audit) {
        jdbi.useTransaction(handle -> {
            if (name.isEmpty() && note.isEmpty()) {
                handle.execute("DELETE FROM campaign_name WHERE campaign = ?", of.id());
            } else {
                say(handle, of.id(), name, note, caller, nowUs);
            }
            audit.add(handle, caller, AuditLog.Action.CAMPAIGN_NAMED, of.label() + " " + of.id() + " " + name);
        });
    }

    private static void say(Handle handle, String id, String name, String note, Caller caller, long nowUs) {
        handle.createUpdate("""
                        INSERT INTO campaign_name (campaign, name, note, named_by, named_us)
                        VALUES (:id, :name, :note, :by, :now)
                        ON CONFLICT (campaign) DO UPDATE SET name = excluded.name, note = excluded.note,
                          named_by = excluded.named_by, named_us = excluded.named_us
                        """)
                .bind("id", id)
                .bind("name", name)
                .bind("note", note)
                .bind("by", caller.name())
                .bind("now", nowUs)
                .execute();
    }
}

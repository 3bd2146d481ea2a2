package org.hinomi.observatory.campaign;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Owners;
import org.hinomi.kernel.address.Places;
import org.hinomi.observatory.campaign.CampaignQueries.MemberRow;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a campaign. A machine of a registered organisation, as of now or of the day it was last seen, is shown
 * without address and network to who may not see whose it is.
 */
public final class MemberRoutes {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int FARTHEST = 1_000_000;
    private static final int AT_ONCE = 5000;
    private static final String CSV_HEADER = "source,country,asn,network,first_day,last_day,days,packets\r\n";

    private final CampaignQueries queries;
    private final Places places;
    private final Owners owners;
    private final InstantSource clock;

    /** Routes on a control database. */
    public MemberRoutes(Jdbi jdbi, Places places, Owners owners, InstantSource clock) {
        this.queries = new CampaignQueries(jdbi);
        this.places = places;
        this.owners = owners;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/campaigns/{id}/members", Role.VIEWER, this::members));
    }

    /** A source as a caller may see it; address and network are null where they may not. */
    record Member(
            @Nullable String source,
            String country,
            @Nullable Long asn,
            @Nullable String network,
            String firstDay,
            String lastDay,
            long days,
            long packets) {}

    private record Items(List<Member> items, @Nullable String next) {}

    private Response members(Request request) {
        Query query = request.query().only("limit", "cursor", "format");
        CampaignRow of = CampaignRoutes.of(queries, request);
        String format = query.text("format").orElse("json");
        boolean all = seesOwners(request.caller());
        if (format.equals("csv")) {
            return Response.file("text/csv; charset=utf-8", "members.csv", out -> csv(of.id(), all, out));
        }
        if (!format.equals("json")) {
            throw Query.unusable("format", format, "json or csv");
        }
        int limit = (int) query.whole("limit", 1, MOST).orElse(USUAL);
        int offset = (int) query.whole("cursor", 0, FARTHEST).orElse(0);
        List<MemberRow> found = queries.members(of.id(), limit + 1, offset);
        return Response.ok(new Items(
                found.stream().limit(limit).map(row -> member(row, all)).toList(),
                found.size() > limit ? Integer.toString(offset + limit) : null));
    }

    /** Whether a caller may see whose machines are. */
    private static boolean seesOwners(Caller caller) {
        return caller.signedIn() && caller.role().includes(Role.ANALYST);
    }

    private Member member(MemberRow row, boolean all) {
        boolean shown = all || !isOwned(row);
        return new Member(
                shown ? row.source() : null,
                row.country(),
                shown ? row.asn() : null,
                shown ? places.networkName(row.asn()).orElse(null) : null,
                Days.text(row.firstDay()),
                Days.text(row.lastDay()),
                row.days(),
                row.packets());
    }

    private boolean isOwned(MemberRow row) {
        Optional<IpAddress> address = IpAddress.parse(row.source());
        long now = clock.instant().getEpochSecond();
        long then = (row.lastDay() + 1) * Days.SECONDS - 60;
        return address.filter(at ->
                        owners.at(at.hi(), at.lo(), now / 60 * 60) != null || owners.at(at.hi(), at.lo(), then) != null)
                .isPresent();
    }

    private void csv(String id, boolean all, OutputStream out) throws IOException {
        out.write(CSV_HEADER.getBytes(StandardCharsets.US_ASCII));
        List<MemberRow> rows = queries.members(id, AT_ONCE, 0);
        for (int from = AT_ONCE; !rows.isEmpty() && from <= FARTHEST; from += AT_ONCE) {
            for (MemberRow row : rows) {
                out.write(line(member(row, all)).getBytes(StandardCharsets.UTF_8));
            }
            rows = queries.members(id, AT_ONCE, from);
        }
    }

    private static String line(Member member) {
        return String.join(
                        ",",
                        member.source() == null ? "" : member.source(),
                        member.country(),
                        member.asn() == null ? "" : Long.toString(member.asn()),
                        Cell.quoted(member.network() == null ? "" : member.network()),
                        member.firstDay(),
                        member.lastDay(),
                        Long.toString(member.days()),
                        Long.toString(member.packets()))
                + "\r\n";
    }
}

package org.hinomi.observatory.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.jspecify.annotations.Nullable;

/** What people do about alerts: acknowledge, close, call false, mute. Viewers read, analysts act. */
public final class DeskRoutes {
    private static final int MOST_AT_ONCE = 500;
    private static final int LONGEST_NOTE = 1000;
    private static final Duration LONGEST_MUTE = Duration.ofDays(366);

    private final Desk desk;
    private final InstantSource clock;
    private final Consumer<List<String>> changed;

    /**
     * Routes at a desk.
     *
     * @param changed is told the ids of alerts that somebody did something to; none when it may be any
     */
    public DeskRoutes(Desk desk, InstantSource clock, Consumer<List<String>> changed) {
        this.desk = desk;
        this.clock = clock;
        this.changed = changed;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/alert-actions", Role.ANALYST, this::act),
                Route.get("/api/v1/mutes", Role.VIEWER, this::mutes),
                Route.post("/api/v1/mutes", Role.ANALYST, this::mute),
                Route.delete("/api/v1/mutes/{id}", Role.ANALYST, this::unmute));
    }

    record NewAction(
            @Nullable List<@Nullable String> ids,
            @Nullable String action,
            @Nullable String note) {}

    private record Done(List<String> done) {}

    private Response act(Request request) {
        NewAction body = request.body(NewAction.class);
        List<@Nullable String> ids = body.ids() == null ? List.of() : body.ids();
        if (ids.isEmpty() || ids.size() > MOST_AT_ONCE) {
            throw Problem.badRequest("\"ids\" names from 1 to " + MOST_AT_ONCE + " alerts.");
        }
        Desk.Action action = Desk.Action.of(text(body.action(), "action", 40))
                .orElseThrow(() -> Problem.badRequest(
                        "An action is acknowledge, close, reopen, false_alarm or" + " take_back_false_alarm."));
        List<String> done = desk.handle(
                ids.stream().map(id -> id == null ? "" : id).distinct().toList(),
                action,
                text(body.note(), "note", LONGEST_NOTE),
                request.caller());
        if (done.isEmpty()) {
            throw Problem.notFound("There is no alert with this id; it may have aged away.")
                    .named("no-such-alert");
        }
        changed.accept(done);
        return Response.ok(new Done(done));
    }

    private record MuteView(
            String id,
            @Nullable String detector,
            @Nullable String source,
            @Nullable Long port,
            @Nullable String sensor,
            String reason,
            String madeBy,
            Instant made,
            Instant until) {
        static MuteView of(Mute mute) {
            return new MuteView(
                    mute.id(),
                    some(mute.detector()),
                    some(mute.source()),
                    mute.port() < 0 ? null : mute.port(),
                    some(mute.sensor()),
                    mute.reason(),
                    mute.madeBy(),
                    EpochMicros.time(mute.madeUs()),
                    EpochMicros.time(mute.untilUs()));
        }

        private static @Nullable String some(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    private record Mutes(List<MuteView> items) {}

    private Response mutes(Request request) {
        request.query().only();
        return Response.ok(new Mutes(desk.mutes().stream().map(MuteView::of).toList()));
    }

    record NewMute(
            @Nullable String detector,
            @Nullable String source,
            @Nullable Integer port,
            @Nullable String sensor,
            @Nullable String reason,
            @Nullable Instant until) {}

    private Response mute(Request request) {
        NewMute body = request.body(NewMute.class);
        Instant now = clock.instant();
        Instant until = body.until();
        if (until == null || !until.isAfter(now) || until.isAfter(now.plus(LONGEST_MUTE))) {
            throw Problem.badRequest("\"until\" is a time to come, within " + LONGEST_MUTE.toDays()
                            + " days: a mute ends by itself.")
                    .named("mute-end");
        }
        String reason = text(body.reason(), "reason", LONGEST_NOTE).strip();
        if (reason.isEmpty()) {
            throw Problem.badRequest("\"reason\" says why, for those who wonder later.")
                    .named("mute-reason");
        }
        Integer port = body.port();
        if (port != null && (port < 0 || port > 65_535)) {
            throw Problem.badRequest("\"port\" is a whole number from 0 to 65535.");
        }
        Mute mute = new Mute(
                RowId.next(),
                text(body.detector(), "detector", 64),
                source(text(body.source(), "source", 64)),
                port == null ? -1 : port,
                text(body.sensor(), "sensor", 64),
                reason,
                request.caller().name(),
                EpochMicros.of(now),
                EpochMicros.of(until));
        if (mute.detector().isEmpty()
                && mute.source().isEmpty()
                && mute.port() < 0
                && mute.sensor().isEmpty()) {
            throw Problem.badRequest("A mute names a detector, source, port or sensor at least.")
                    .named("mute-everything");
        }
        if (!desk.mute(mute, request.caller())) {
            throw Problem.conflict("There are " + Mute.MOST + " mutes, the most there can be; remove one first.");
        }
        changed.accept(List.of());
        return Response.created(MuteView.of(mute));
    }

    private static String source(String text) {
        if (!text.contains("/")) {
            return text.isEmpty()
                    ? ""
                    : IpAddress.parse(text)
                            .orElseThrow(() -> Problem.badRequest("\"source\" is an address or a prefix."))
                            .toString();
        }
        try {
            Prefix.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("\"source\" is an address or a prefix such as 192.0.2.0/24.");
        }
    }

    private Response unmute(Request request) {
        if (!desk.unmute(request.path("id"), request.caller())) {
            throw Problem.notFound("There is no mute with this id; it may have ended.")
                    .named("no-such-mute");
        }
        changed.accept(List.of());
        return Response.noContent();
    }

    static String text(@Nullable String given, String name, int longest) {
        String text = given == null ? "" : given;
        if (text.length() > longest) {
            throw Problem.badRequest("\"" + name + "\" has at most " + longest + " characters.");
        }
        return text;
    }
}

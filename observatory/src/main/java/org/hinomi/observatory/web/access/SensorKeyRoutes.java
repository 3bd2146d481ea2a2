package org.hinomi.observatory.web.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.AuditLog.Action;
import org.hinomi.observatory.web.access.SensorKeyStore.SensorKey;
import org.jspecify.annotations.Nullable;

/** The keys by which sensors apart from the tower deliver. */
final class SensorKeyRoutes {
    private static final int LONGEST_LABEL = 80;
    private static final int MOST_DAYS = 3650;

    record NewKey(
            @Nullable String sensor,
            @Nullable String label,
            @Nullable Integer days) {}

    record KeyView(
            String id,
            String sensor,
            String label,
            String madeBy,
            Instant created,
            @Nullable Instant expires,
            @Nullable Instant lastUsed) {
        static KeyView of(SensorKey key) {
            Long used = key.usedUs();
            return new KeyView(
                    key.id(),
                    key.sensor(),
                    key.label(),
                    key.madeBy(),
                    EpochMicros.time(key.createdUs()),
                    key.expires(),
                    used == null ? null : EpochMicros.time(used));
        }
    }

    record Keys(List<KeyView> items, @Nullable String next) {}

    /** A new key with its secret, which is shown this once. */
    record MadeKey(
            String id,
            String sensor,
            String label,
            @Nullable Instant expires,
            String key) {}

    private final Access access;

    SensorKeyRoutes(Access access) {
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/sensor-keys", Role.ADMINISTRATOR, this::list),
                Route.post("/api/v1/sensor-keys", Role.ADMINISTRATOR, this::add),
                Route.delete("/api/v1/sensor-keys/{id}", Role.ADMINISTRATOR, this::remove));
    }

    private Response list(Request request) {
        request.query().only();
        List<SensorKey> keys = access.jdbi().withHandle(SensorKeyStore::all);
        return Response.ok(new Keys(keys.stream().map(KeyView::of).toList(), null));
    }

    private Response add(Request request) {
        NewKey body = request.body(NewKey.class);
        Caller caller = request.caller();
        String sensor = Fields.needed(body.sensor(), "sensor");
        if (!sensor.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw Problem.badRequest("A sensor's name has 1 to 63 letters, digits, '.', '_' or '-'.");
        }
        String label = body.label() == null ? "" : body.label().strip();
        if (label.length() > LONGEST_LABEL) {
            throw Problem.badRequest("A label has at most " + LONGEST_LABEL + " characters.");
        }
        Integer days = body.days();
        if (days != null && (days < 1 || days > MOST_DAYS)) {
            throw Problem.badRequest("A key lasts from 1 to " + MOST_DAYS + " days, or without \"days\" for ever.");
        }
        Instant now = access.clock().instant();
        String secret = SensorKeyStore.PREFIX + Secrets.token();
        SensorKey key = new SensorKey(
                Secrets.id(),
                sensor,
                label,
                caller.name(),
                EpochMicros.of(now),
                days == null ? null : EpochMicros.of(now.plus(Duration.ofDays(days))),
                null);
        access.jdbi().useTransaction(handle -> {
            if (SensorKeyStore.all(handle).size() >= SensorKeyStore.MOST) {
                throw Problem.conflict(
                        "There are " + SensorKeyStore.MOST + " sensor keys, the most there can be; remove one first.");
            }
            SensorKeyStore.add(handle, key, secret);
            access.audit().add(handle, caller.name(), Action.SENSOR_KEY_ADDED, sensor + " " + label, caller.address());
        });
        return Response.created(new MadeKey(key.id(), sensor, label, key.expires(), secret));
    }

    private Response remove(Request request) {
        Caller caller = request.caller();
        access.jdbi().useTransaction(handle -> {
            SensorKey removed = SensorKeyStore.remove(handle, request.path("id"))
                    .orElseThrow(() -> Problem.notFound("There is no sensor key with this id."));
            access.audit()
                    .add(
                            handle,
                            caller.name(),
                            Action.SENSOR_KEY_REMOVED,
                            removed.sensor() + " " + removed.label(),
                            caller.address());
        });
        return Response.noContent();
    }
}

package org.hinomi.observatory.web.access;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Credentials;
import org.hinomi.observatory.web.Gate;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.access.SessionStore.Session;
import org.jdbi.v3.core.Jdbi;

/**
 * Says who makes a request: a person by their session's cookie or an API key, or a visitor, who reads only while the
 * observatory is open to visitors.
 */
public final class Access implements Gate {
    private static final String BEARER = "Bearer ";

    private final Jdbi jdbi;
    private final AccessSettings settings;
    private final InstantSource clock;
    private final AuditLog audit;
    private final Passwords passwords;
    private final SetupToken setupToken;
    private final SignIn signIn;

    /**
     * Access by the accounts of a control database.
     *
     * @param directory the data directory, where the set-up token lies until it is used
     */
    public Access(Jdbi jdbi, Path directory, AccessSettings settings, InstantSource clock) {
        this.jdbi = jdbi;
        this.settings = settings;
        this.clock = clock;
        this.audit = new AuditLog(jdbi, clock);
        this.passwords = new Passwords(settings.passwordRounds());
        this.setupToken = new SetupToken(directory);
        this.signIn = new SignIn(jdbi, passwords, setupToken, audit, clock);
    }

    /** The token of the link {@code /setup#token} while there is no account yet: to be printed at the start. */
    public Optional<String> setupToken() {
        if (needsSetup()) {
            return Optional.of(setupToken.offer());
        }
        setupToken.remove();
        return Optional.empty();
    }

    /** Whether nobody can sign in yet. */
    boolean needsSetup() {
        return jdbi.withHandle(AccountStore::count) == 0;
    }

    /** The log of what people did. */
    public AuditLog audit() {
        return audit;
    }

    @Override
    public Caller identify(Credentials credentials) {
        if (credentials.authorization().isPresent()) {
            return byKey(credentials.authorization().get(), credentials.address());
        }
        Optional<String> sensor = credentials.certificate().flatMap(settings.sensorOf()::apply);
        if (sensor.isPresent() && credentials.session().isEmpty()) {
            return new Caller(sensor.get(), Role.SENSOR, true, credentials.address());
        }
        Optional<Session> session = credentials.session().flatMap(this::session);
        if (session.isEmpty()) {
            return Caller.visitor(settings.open().getAsBoolean() ? Role.VIEWER : Role.PUBLIC, credentials.address());
        }
        String token = credentials.session().get();
        if (credentials.unsafe()
                && !Secrets.same(csrf(token), credentials.csrf().orElse(""))) {
            throw Problem.forbidden("The header " + Credentials.CSRF_HEADER
                            + " is missing or out of date; GET /api/v1/session tells its value.")
                    .named("csrf");
        }
        return new Caller(
                session.get().name(), Role.of(session.get().role()).orElse(Role.PUBLIC), true, credentials.address());
    }

    private Optional<Session> session(String token) {
        return jdbi.withHandle(handle -> {
            Optional<Session> found = SessionStore.find(handle, token, clock.instant());
            found.ifPresent(session -> SessionStore.used(handle, session, clock.instant()));
            return found;
        });
    }

    private Caller byKey(String authorization, String address) {
        if (authorization.startsWith(BEARER + SensorKeyStore.PREFIX)) {
            return bySensorKey(authorization.substring(BEARER.length()).strip(), address);
        }
        if (!authorization.startsWith(BEARER + ApiKeyStore.PREFIX)) {
            throw Problem.unauthorized("Send an API key as \"Authorization: Bearer hk_...\".");
        }
        String secret = authorization.substring(BEARER.length()).strip();
        return jdbi.withHandle(handle -> {
            ApiKeyStore.Used key = ApiKeyStore.find(handle, secret)
                    .orElseThrow(() -> Problem.unauthorized("This API key is not, or no longer, valid."));
            ApiKeyStore.used(handle, key, clock.instant());
            return new Caller(key.accountName(), key.rank(), true, address);
        });
    }

    private Caller bySensorKey(String secret, String address) {
        return jdbi.withHandle(handle -> {
            SensorKeyStore.SensorKey key = SensorKeyStore.find(handle, secret)
                    .orElseThrow(() -> Problem.unauthorized("This sensor key is not, or no longer, valid."));
            if (key.expired(clock.instant())) {
                throw Problem.unauthorized("This sensor key expired at " + key.expires() + "; make another one.");
            }
            SensorKeyStore.used(handle, key, clock.instant());
            return new Caller(key.sensor(), Role.SENSOR, true, address);
        });
    }

    /** The value an unsafe request with a session's cookie must repeat in a header: only our own page can read it. */
    static String csrf(String token) {
        return Secrets.hash("csrf " + token);
    }

    Jdbi jdbi() {
        return jdbi;
    }

    AccessSettings settings() {
        return settings;
    }

    Passwords passwords() {
        return passwords;
    }

    SignIn signIn() {
        return signIn;
    }

    InstantSource clock() {
        return clock;
    }
}

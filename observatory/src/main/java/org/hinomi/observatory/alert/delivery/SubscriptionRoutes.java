package org.hinomi.observatory.alert.delivery;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hinomi.kernel.alert.Severity;
import org.hinomi.observatory.alert.RowId;
import org.hinomi.observatory.alert.delivery.Channel.Outcome;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.AuditLog;
import org.jspecify.annotations.Nullable;

/** One's own subscriptions, and how delivery stands. */
public final class SubscriptionRoutes {
    private static final int SECRET_BYTES = 32;
    private static final Duration BETWEEN_TESTS = Duration.ofSeconds(10);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String MAIL_ADDRESS =
            "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){0,8}";

    private final Deliveries deliveries;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Set<String> detectors;
    private final Map<String, Instant> tested = new ConcurrentHashMap<>();

    /**
     * Routes on deliveries.
     *
     * @param detectors ids of those there are
     */
    public SubscriptionRoutes(Deliveries deliveries, AuditLog audit, InstantSource clock, Set<String> detectors) {
        this.deliveries = deliveries;
        this.audit = audit;
        this.clock = clock;
        this.detectors = Set.copyOf(detectors);
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/subscriptions", Role.VIEWER, this::list),
                Route.post("/api/v1/subscriptions", Role.VIEWER, this::add),
                Route.delete("/api/v1/subscriptions/{id}", Role.VIEWER, this::remove),
                Route.post("/api/v1/subscriptions/{id}/test", Role.VIEWER, this::test),
                Route.get("/api/v1/delivery", Role.VIEWER, this::state));
    }

    private record View(
            String id,
            String channel,
            String target,
            List<String> detectors,
            String severity,
            String language,
            Instant made,
            @Nullable String secret) {
        static View of(Subscription subscription, @Nullable String secret) {
            return new View(
                    subscription.id(),
                    subscription.channel(),
                    subscription.target(),
                    subscription.detectors().isEmpty()
                            ? List.of()
                            : Arrays.asList(subscription.detectors().split(",")),
                    Severity.ranked(subscription.severity()).id(),
                    subscription.language(),
                    EpochMicros.time(subscription.madeUs()),
                    secret);
        }
    }

    private record Items(List<View> items) {}

    private Response list(Request request) {
        request.query().only();
        return Response.ok(new Items(deliveries.store().subscriptions(owner(request)).stream()
                .map(subscription -> View.of(subscription, null))
                .toList()));
    }

    record NewSubscription(
            @Nullable String channel,
            @Nullable String target,
            @Nullable List<@Nullable String> detectors,
            @Nullable String severity,
            @Nullable String language) {}

    private Response add(Request request) {
        NewSubscription body = request.body(NewSubscription.class);
        String owner = owner(request);
        String channel = body.channel() == null ? "" : body.channel();
        if (!deliveries.settings().channels().contains(channel)) {
            throw Problem.badRequest("\"channel\" is one that the configuration has: "
                            + String.join(", ", deliveries.settings().channels()) + ".")
                    .named("no-such-channel");
        }
        String secret = channel.equals("webhook") ? secret() : "";
        Subscription made = new Subscription(
                RowId.next(),
                owner,
                channel,
                target(channel, body.target(), request.caller()),
                detectors(body.detectors()),
                Severity.of(body.severity() == null ? "" : body.severity())
                        .orElseThrow(() -> Problem.badRequest("\"severity\" is low, medium or high."))
                        .ordinal(),
                language(body.language()),
                secret,
                request.caller().role().id(),
                EpochMicros.of(clock.instant()));
        deliveries.store().inTransaction(handle -> {
            if (Subscription.of(handle, owner).size() >= Subscription.MOST_FOR_ONE) {
                throw Problem.conflict("You have " + Subscription.MOST_FOR_ONE
                        + " subscriptions, the most there can be; remove one first.");
            }
            Subscription.add(handle, made);
            audit.add(handle, request.caller(), AuditLog.Action.SUBSCRIPTION_ADDED, channel + " " + made.target());
            return true;
        });
        return Response.created(View.of(made, secret.isEmpty() ? null : secret));
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return "hw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String target(String channel, @Nullable String given, Caller caller) {
        String target = given == null ? "" : given.strip();
        return switch (channel) {
            case "mail" -> mailTarget(target);
            case "webhook" -> {
                deliveries
                        .settings()
                        .webhook()
                        .flatMap(webhook -> WebhookAddress.refused(target, webhook))
                        .ifPresent(reason -> {
                            throw Problem.badRequest(reason).named("webhook-refused");
                        });
                yield target;
            }
            default -> {
                if (caller.role() != Role.ADMINISTRATOR) {
                    throw Problem.forbidden("Only administrators have syslog told.");
                }
                yield "";
            }
        };
    }

    private String mailTarget(String target) {
        List<String> domains =
                deliveries.settings().mail().map(DeliverySettings.Mail::domains).orElse(List.of());
        String domain = target.substring(target.indexOf('@') + 1);
        if (!target.matches(MAIL_ADDRESS)) {
            throw Problem.badRequest("\"target\" is a mail address such as hanako@example.org.")
                    .named("mail-address");
        }
        if (!domains.isEmpty() && domains.stream().noneMatch(domain::equalsIgnoreCase)) {
            throw Problem.badRequest("The configuration allows mail to " + String.join(", ", domains) + " only.")
                    .named("mail-domain");
        }
        return target;
    }

    private String detectors(@Nullable List<@Nullable String> given) {
        List<String> named = given == null
                ? List.of()
                : given.stream().map(String::valueOf).distinct().sorted().toList();
        for (String name : named) {
            if (!detectors.contains(name)) {
                throw Problem.badRequest("There is no detector \"" + name + "\".");
            }
        }
        return String.join(",", named);
    }

    private static String language(@Nullable String given) {
        if (given == null || !given.equals("en") && !given.equals("ja")) {
            throw Problem.badRequest("\"language\" is en or ja.");
        }
        return given;
    }

    private Response remove(Request request) {
        String owner = owner(request);
        deliveries.store().inTransaction(handle -> {
            if (!Subscription.remove(handle, request.path("id"), owner)) {
                throw Problem.notFound("You have no subscription with this id.").named("no-such-subscription");
            }
            audit.add(handle, request.caller(), AuditLog.Action.SUBSCRIPTION_REMOVED, request.path("id"));
            return true;
        });
        return Response.noContent();
    }

    private record Tested(String outcome, String reason) {}

    private Response test(Request request) {
        String owner = owner(request);
        Subscription to = deliveries.store().subscriptions(owner).stream()
                .filter(subscription -> subscription.id().equals(request.path("id")))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("You have no subscription with this id.")
                        .named("no-such-subscription"));
        Instant now = clock.instant();
        Instant last = tested.put(owner, now);
        if (last != null && now.isBefore(last.plus(BETWEEN_TESTS))) {
            throw Problem.tooMany("Wait a little before the next test.", BETWEEN_TESTS);
        }
        audit.add(request.caller(), AuditLog.Action.SUBSCRIPTION_TESTED, to.channel() + " " + to.target());
        Optional<Outcome> outcome = deliveries.test(RowId.next(), to);
        return Response.ok(
                switch (outcome.orElse(new Outcome.Never("this channel is not configured any more"))) {
                    case Outcome.Sent() -> new Tested("sent", "");
                    case Outcome.Later(String reason) -> new Tested("later", reason);
                    case Outcome.Never(String reason) -> new Tested("never", reason);
                    case Outcome.Uncertain(String reason) -> new Tested("uncertain", reason);
                });
    }

    private record TroubleView(
            String channel, String state, @Nullable String reason, Instant made) {}

    private record State(
            Set<String> channels, int mostPerHour, Map<String, Long> deliveries, List<TroubleView> troubles) {}

    private Response state(Request request) {
        request.query().only();
        boolean whole = request.caller().role() == Role.ADMINISTRATOR;
        List<TroubleView> troubles = deliveries.store().troubles().stream()
                .map(trouble -> new TroubleView(
                        trouble.channel(),
                        trouble.state(),
                        whole ? trouble.reason() : null,
                        EpochMicros.time(trouble.madeUs())))
                .toList();
        return Response.ok(new State(
                deliveries.settings().channels(), deliveries.settings().mostPerHour(), deliveries.counts(), troubles));
    }

    private static String owner(Request request) {
        if (!request.caller().signedIn()) {
            throw Problem.unauthorized("Sign in first.").named("sign-in-first");
        }
        return request.caller().name();
    }
}

package org.hinomi.observatory.alert.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.alert.AlertRules;
import org.hinomi.observatory.alert.AlertStep;
import org.hinomi.observatory.alert.AlertStore;
import org.hinomi.observatory.alert.MadeDetections;
import org.hinomi.observatory.alert.delivery.Channel.Outcome;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Syslog;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.control.EpochMicros;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of which alert, how often, and what a crash leaves behind. */
class DeliveryTest {
    private static final DeliverySettings SETTINGS = new DeliverySettings(
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Syslog("127.0.0.1", 9, DeliverySettings.Carrier.UDP, Optional.empty())),
            false,
            5);

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private ControlStore control;

    @SuppressWarnings("NullAway.Init")
    private Jdbi jdbi;

    @SuppressWarnings("NullAway.Init")
    private DeliveryStore store;

    private Instant now = Instant.parse("2026-06-01T00:00:00Z");
    private final Wire wire = new Wire();

    /** A channel whose end is in this test. */
    private static final class Wire implements Channel {
        final List<Message> arrived = new ArrayList<>();
        final Deque<Outcome> answers = new ArrayDeque<>();
        boolean repeatable = true;

        @Override
        public Outcome send(Message message) {
            arrived.add(message);
            Outcome next = answers.poll();
            return next == null ? new Outcome.Sent() : next;
        }

        @Override
        public boolean repeatable() {
            return repeatable;
        }
    }

    @BeforeEach
    void open() throws Exception {
        control = ControlStore.open(folder);
        jdbi = control.jdbi();
        store = new DeliveryStore(jdbi);
        jdbi.useHandle(handle -> handle.execute("INSERT INTO account (id, name, name_key, password, role, created_us)"
                + " VALUES ('1', 'ana', 'ana', '', 'analyst', 0)"));
    }

    @AfterEach
    void close() {
        control.close();
    }

    private void subscribe(String id, String detectors, int severity) {
        Subscription made = new Subscription(
                id, "ana", "syslog", "", detectors, severity, "en", "", "analyst", EpochMicros.of(now));
        jdbi.useHandle(handle -> Subscription.add(handle, made));
    }

    private void alerts() {
        new StepOnce(jdbi, now).run();
        while (store.dispatch(SETTINGS, EpochMicros.of(now))) {
            assertThat(store.counts()).isNotEmpty();
        }
    }

    /** Makes alerts from detections, once. */
    private record StepOnce(Jdbi jdbi, Instant now) {
        void run() {
            try (AlertStep step = new AlertStep(new AlertStore(jdbi), AlertRules.standard(), () -> now, ids -> {})) {
                step.catchUp();
            }
        }
    }

    private Courier courier() {
        return new Courier("syslog", wire, store, new Letter(URI.create("https://watch.example.org/")), () -> now, 5);
    }

    private void sendAll() {
        Courier courier = courier();
        for (int i = 0; i < 100 && courier.once(); i++) {
            assertThat(i).isLessThan(99);
        }
    }

    @Test
    void anAlertIsToldOnceToThoseWhoAskForItHoweverOftenItChanges() {
        subscribe("all", "", 0);
        subscribe("high", "", 2);
        subscribe("dos", "dos", 0);
        MadeDetections.scan(jdbi, 1, 0, true, false);
        alerts();
        sendAll();
        MadeDetections.scan(jdbi, 1, 1, true, true);
        MadeDetections.attack(jdbi, 2, 500_000);
        alerts();
        sendAll();
        assertThat(wire.arrived.stream().map(message -> message.data().get("detector")))
                .containsExactly("scan", "dos", "dos", "dos");
        assertThat(wire.arrived.getFirst().text())
                .contains("203.0.113.1 scans for tcp/23", "First seen: 2026-05-28T20:27:00Z")
                .contains("https://watch.example.org/alerts?state=all&alert=" + MadeDetections.id(1));
        assertThat(store.counts()).isEqualTo(Map.of("sent", 4L));
    }

    @Test
    void whatWasRaisedBeforeTheSubscriptionOrByARecordingIsNotTold() {
        MadeDetections.scan(jdbi, 1, 0, true, false);
        new StepOnce(jdbi, now).run();
        now = now.plusSeconds(1);
        subscribe("all", "", 0);
        jdbi.useHandle(handle -> handle.execute("INSERT INTO sensor VALUES ('tokyo', '', 0, 0, 'recording')"));
        MadeDetections.scan(jdbi, 2, 0, true, false);
        alerts();
        assertThat(store.counts()).isEmpty();
        jdbi.useHandle(handle -> handle.execute("UPDATE sensor SET origin = 'live'"));
        MadeDetections.scan(jdbi, 2, 1, true, false);
        MadeDetections.scan(jdbi, 1, 1, true, false);
        alerts();
        sendAll();
        assertThat(wire.arrived).hasSize(1);
        jdbi.useHandle(handle -> handle.execute("UPDATE account SET disabled = 1"));
        MadeDetections.scan(jdbi, 3, 0, true, false);
        alerts();
        assertThat(store.counts()).isEqualTo(Map.of("sent", 1L));
    }

    @Test
    void whoMayNotKnowWhoseAMachineIsIsNotToldOfIt() {
        subscribe("all", "", 0);
        MadeDetections.own(jdbi, 1);
        MadeDetections.own(jdbi, 2);
        alerts();
        jdbi.useHandle(handle -> handle.execute("UPDATE account SET role = 'viewer'"));
        sendAll();
        MadeDetections.own(jdbi, 3);
        alerts();
        sendAll();
        assertThat(wire.arrived).isEmpty();
        assertThat(store.counts()).isEqualTo(Map.of("skipped", 2L));
        jdbi.useHandle(handle -> handle.execute("UPDATE account SET role = 'analyst'"));
        MadeDetections.own(jdbi, 4);
        alerts();
        sendAll();
        assertThat(wire.arrived).hasSize(1);
        assertThat(wire.arrived.getFirst().text()).contains("203.0.113.4 of Example University sends");
    }

    @Test
    void whatFailsIsTriedAgainLaterAndLaterUntilItIsGivenUp() {
        subscribe("all", "", 0);
        MadeDetections.scan(jdbi, 1, 0, true, false);
        alerts();
        for (int tries = 1; tries <= RetryDelay.MOST_TRIES; tries++) {
            wire.answers.add(new Outcome.Later("not now"));
            sendAll();
            assertThat(wire.arrived).hasSize(tries);
            now = now.plus(RetryDelay.after(tries));
        }
        sendAll();
        assertThat(wire.arrived).hasSize(RetryDelay.MOST_TRIES);
        assertThat(wire.arrived.stream().map(Message::id).distinct()).hasSize(1);
        assertThat(store.counts()).isEqualTo(Map.of("failed", 1L));
        assertThat(store.troubles().getFirst().reason()).isEqualTo("not now");
        assertThat(RetryDelay.after(1)).hasSeconds(30);
        assertThat(RetryDelay.after(3)).hasSeconds(120);
        assertThat(RetryDelay.after(99)).hasHours(1);
    }

    @Test
    void whatIsTooMuchForAnHourIsSummedUpInItsLastMessage() {
        subscribe("all", "", 0);
        for (int n = 1; n <= 12; n++) {
            MadeDetections.scan(jdbi, n, 0, true, false);
        }
        alerts();
        sendAll();
        assertThat(wire.arrived).hasSize(5);
        assertThat(wire.arrived.getLast().title()).isEqualTo("[Hinomi] 8 more alerts");
        assertThat(store.counts()).isEqualTo(Map.of("sent", 5L, "summed", 7L));
        MadeDetections.scan(jdbi, 20, 0, true, false);
        MadeDetections.scan(jdbi, 21, 0, true, false);
        alerts();
        sendAll();
        assertThat(wire.arrived).hasSize(5);
        now = now.plusSeconds(3601);
        sendAll();
        assertThat(wire.arrived).hasSize(7);
    }

    @Test
    void whatSomebodyHandledMeanwhileIsNotTold() {
        subscribe("all", "", 0);
        MadeDetections.scan(jdbi, 1, 0, true, false);
        alerts();
        jdbi.useHandle(handle -> handle.execute("UPDATE alert SET state = 'acknowledged'"));
        sendAll();
        assertThat(wire.arrived).isEmpty();
        assertThat(store.counts()).isEqualTo(Map.of("skipped", 1L));
    }

    @Test
    void afterACrashWhatMayHaveLeftIsSentAgainOnlyWhereThatDoesNoHarm() {
        subscribe("all", "", 0);
        MadeDetections.scan(jdbi, 1, 0, true, false);
        alerts();
        jdbi.useHandle(handle -> handle.execute("UPDATE delivery SET state = 'sending', tries = 1"));
        wire.repeatable = false;
        courier().recover();
        sendAll();
        assertThat(wire.arrived).isEmpty();
        assertThat(store.counts()).isEqualTo(Map.of("uncertain", 1L));
        jdbi.useHandle(handle -> handle.execute("UPDATE delivery SET state = 'sending'"));
        wire.repeatable = true;
        courier().recover();
        sendAll();
        assertThat(wire.arrived).hasSize(1);
    }
}

package org.hinomi.observatory.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hinomi.observatory.alert.MadeDetections.id;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.hinomi.kernel.alert.AlertRules;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.Changes;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.access.AuditLog;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From detections to alerts, and what people do about them. */
class AlertStepTest {
    private static final Caller ANALYST = new Caller("ana", Role.ANALYST, true, "127.0.0.1");
    private static final long HOUR_US = 3_600_000_000L;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private ControlStore control;

    @SuppressWarnings("NullAway.Init")
    private Jdbi jdbi;

    @SuppressWarnings("NullAway.Init")
    private AlertStore store;

    @SuppressWarnings("NullAway.Init")
    private Desk desk;

    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-06-01T00:00:00Z");

    @BeforeEach
    void open() throws Exception {
        control = ControlStore.open(folder);
        jdbi = control.jdbi();
        store = new AlertStore(jdbi);
        desk = new Desk(jdbi, new AuditLog(jdbi, () -> now), () -> now);
    }

    @AfterEach
    void close() {
        control.close();
    }

    private void step() {
        AlertStep step = new AlertStep(store, AlertRules.standard(), () -> now, told::addAll);
        while (step.once()) {
            assertThat(told).hasSizeLessThan(100_000);
        }
    }

    private Alert alert(int n) {
        return store.find(id(n)).orElseThrow();
    }

    private List<String> queue() {
        AlertFilter filter = new AlertFilter().among("state", List.of("open")).muted(false);
        return store.list(filter, 100).stream().map(Alert::id).toList();
    }

    private Mute mute(String source, long port, long hours) {
        long made = EpochMicros.of(now);
        return new Mute(RowId.next(), "scan", source, port, "", "a test", "ana", made, made + hours * HOUR_US);
    }

    @Test
    void oneThingIsOneAlertFromItsFirstSevereRevisionToItsEnd() {
        MadeDetections.scan(jdbi, 1, 0, false, false);
        step();
        assertThat(store.find(id(1))).isEmpty();
        MadeDetections.scan(jdbi, 1, 1, true, false);
        step();
        assertThat(alert(1).revision()).isEqualTo(1);
        assertThat(alert(1).urgency().id()).isEqualTo("medium");
        assertThat(alert(1).ended()).isFalse();
        desk.handle(List.of(id(1)), Desk.Action.ACKNOWLEDGE, "known", ANALYST);
        MadeDetections.scan(jdbi, 1, 2, false, true);
        step();
        step();
        assertThat(alert(1).revision()).isEqualTo(2);
        assertThat(alert(1).ended()).isTrue();
        assertThat(alert(1).severity()).isEqualTo(1);
        assertThat(alert(1).state()).isEqualTo("acknowledged");
        assertThat(told).containsExactly(id(1), id(1));
    }

    @Test
    void aStepThatIsCutOffBeforeItsEndIsDoneAgainWithoutDoubleOrLoss() {
        Random random = new Random(5);
        for (int n = 0; n < 60; n++) {
            MadeDetections.scan(jdbi, n, 0, n % 4 == 0, false);
            if (n % 4 == 0 && random.nextInt(3) == 0) {
                killedWhileStepping();
            }
            if (random.nextInt(20) == 0) {
                step();
            }
        }
        step();
        assertThat(queue()).hasSize(15);
        assertThat(told).doesNotHaveDuplicates().hasSize(15);
        step();
        assertThat(told).hasSize(15);
    }

    /** The database gives up at the last statement of a step: what it did before is lost, as in a killed process. */
    private void killedWhileStepping() {
        jdbi.useHandle(handle -> handle.execute(
                "CREATE TRIGGER killed BEFORE INSERT ON change_offset" + " BEGIN SELECT RAISE(ABORT, 'killed'); END"));
        List<String> before = queue();
        assertThatThrownBy(this::step).isInstanceOf(StoreException.class).hasMessageContaining("killed");
        assertThat(queue()).isEqualTo(before);
        jdbi.useHandle(handle -> handle.execute("DROP TRIGGER killed"));
    }

    @Test
    void changesThatWereWrittenWhileNobodyLookedAreAllRead() {
        List<String> ids = IntStream.range(0, 1200).mapToObj(MadeDetections::id).toList();
        jdbi.useTransaction(handle -> {
            for (int n = 0; n < ids.size(); n++) {
                MadeDetections.scan(handle, "tokyo", n, 0, true, false);
            }
            Changes.mark(handle, "detection", ids);
        });
        step();
        assertThat(told).containsExactlyElementsOf(ids);
    }

    @Test
    void aMutedAlertIsKeptButNotInTheQueueUntilTheMuteEndsByItself() {
        desk.mute(mute("203.0.113.0/28", 23, 1), ANALYST);
        MadeDetections.scan(jdbi, 3, 0, true, false);
        MadeDetections.scan(jdbi, 30, 0, true, false);
        step();
        assertThat(queue()).containsExactly(id(30));
        assertThat(alert(3).mute()).isNotNull();
        now = now.plusSeconds(3601);
        assertThat(desk.mutes()).isEmpty();
        MadeDetections.scan(jdbi, 3, 1, true, false);
        step();
        assertThat(queue()).contains(id(3));
    }

    @Test
    void aMuteTakesWhatIsOpenOutOfTheQueueAndItsRemovalBringsItBack() {
        MadeDetections.scan(jdbi, 3, 0, true, false);
        step();
        Mute mute = mute("203.0.113.3", -1, 1);
        assertThat(desk.mute(mute, ANALYST)).isTrue();
        assertThat(queue()).isEmpty();
        assertThat(desk.unmute(mute.id(), ANALYST)).isTrue();
        assertThat(desk.unmute(mute.id(), ANALYST)).isFalse();
        assertThat(queue()).containsExactly(id(3));
    }

    @Test
    void aMuteFitsOnlyWhatAllOfItNames() {
        Mute mute = new Mute("m", "scan", "2001:db8::/32", 23, "tokyo", "", "", 0, 0);
        assertThat(mute.fits("scan", "2001:db8::1", 23, "tokyo")).isTrue();
        assertThat(mute.fits("dos", "2001:db8::1", 23, "tokyo")).isFalse();
        assertThat(mute.fits("scan", "2001:db9::1", 23, "tokyo")).isFalse();
        assertThat(mute.fits("scan", "203.0.113.1", 23, "tokyo")).isFalse();
        assertThat(mute.fits("scan", "", 23, "tokyo")).isFalse();
        assertThat(mute.fits("scan", "2001:db8::1", 24, "tokyo")).isFalse();
        assertThat(mute.fits("scan", "2001:db8::1", 23, "osaka")).isFalse();
    }

    @Test
    void whatPeopleDidIsKeptWithTheAlertAndInTheAuditLog() {
        MadeDetections.scan(jdbi, 1, 0, true, false);
        MadeDetections.attack(jdbi, 2, 200_000);
        step();
        assertThat(alert(2).urgency().id()).isEqualTo("high");
        desk.handle(List.of(id(1), id(2), id(9)), Desk.Action.ACKNOWLEDGE, "looking", ANALYST);
        now = now.plusSeconds(1);
        desk.handle(List.of(id(1)), Desk.Action.FALSE_ALARM, "our own test", ANALYST);
        assertThat(desk.deeds(id(1)).stream().map(Desk.Deed::action)).containsExactly("acknowledge", "false_alarm");
        assertThat(alert(1).falseAlarm()).isTrue();
        assertThat(alert(1).state()).isEqualTo("closed");
        assertThat(store.falseAlarms()).isEqualTo(Map.of("scan", 1L));
        desk.handle(List.of(id(1)), Desk.Action.TAKE_BACK_FALSE_ALARM, "", ANALYST);
        desk.handle(List.of(id(1)), Desk.Action.REOPEN, "", ANALYST);
        assertThat(alert(1).falseAlarm()).isFalse();
        assertThat(Optional.ofNullable(alert(1).handledBy())).isEmpty();
        List<String> audited = jdbi.withHandle(
                handle -> handle.createQuery("SELECT action FROM audit WHERE who = 'ana' ORDER BY action")
                        .mapTo(String.class)
                        .list());
        assertThat(audited)
                .containsExactly(
                        "alert_acknowledged",
                        "alert_acknowledged",
                        "alert_reopened",
                        "false_alarm",
                        "false_alarm_taken_back");
    }

    @Test
    void alertsGoWithTheirDetectionsAndOpenOnesAreCountedWhileFeedbackStays() {
        for (int n = 1; n <= 3; n++) {
            MadeDetections.scan(jdbi, n, 0, true, true);
            step();
            now = now.plusSeconds(60);
        }
        desk.handle(List.of(id(1)), Desk.Action.FALSE_ALARM, "", ANALYST);
        jdbi.useHandle(handle -> handle.execute("DELETE FROM detection WHERE id IN (?, ?)", id(1), id(2)));
        assertThat(store.retain(1000, EpochMicros.of(now))).isEqualTo(1);
        assertThat(queue()).containsExactly(id(3));
        assertThat(desk.deeds(id(1))).isEmpty();
        assertThat(store.falseAlarms()).isEqualTo(Map.of("scan", 1L));
        MadeDetections.scan(jdbi, 4, 0, true, true);
        step();
        assertThat(store.retain(1, EpochMicros.of(now))).isZero();
        assertThat(store.retain(0, EpochMicros.of(now))).isEqualTo(1);
        assertThat(queue()).containsExactly(id(4));
    }
}

package org.hinomi.observatory.alert;

import java.time.Instant;
import java.util.List;
import org.hinomi.observatory.store.control.EpochMicros;
import org.jspecify.annotations.Nullable;

/** An alert as the API shows it. It names no dark address, since detections name none. */
record AlertView(
        String id,
        int revision,
        String detector,
        String sensor,
        String source,
        String traffic,
        String kind,
        long port,
        String severity,
        AlertWords summary,
        Instant first,
        Instant last,
        boolean ended,
        String state,
        Instant raised,
        @Nullable String handledBy,
        @Nullable Instant handled,
        String note,
        @Nullable String mute,
        boolean falseAlarm,
        Object fields) {
    /** One, with what was done to it. */
    record Whole(AlertView alert, List<DeedView> deeds) {}

    /** Something that was done. */
    record DeedView(Instant time, String who, String action, String note) {
        static DeedView of(Desk.Deed deed) {
            return new DeedView(EpochMicros.time(deed.timeUs()), deed.who(), deed.action(), deed.note());
        }
    }

    static AlertView of(Alert alert) {
        Long handled = alert.handledUs();
        return new AlertView(
                alert.id(),
                alert.revision(),
                alert.detector(),
                alert.sensor(),
                alert.source(),
                alert.traffic(),
                alert.kind(),
                alert.port(),
                alert.urgency().id(),
                AlertWords.of(alert),
                EpochMicros.time(alert.started()),
                EpochMicros.time(alert.seen()),
                alert.ended(),
                alert.state(),
                EpochMicros.time(alert.raisedUs()),
                alert.handledBy(),
                handled == null ? null : EpochMicros.time(handled),
                alert.note(),
                alert.mute(),
                alert.falseAlarm(),
                alert.values());
    }
}

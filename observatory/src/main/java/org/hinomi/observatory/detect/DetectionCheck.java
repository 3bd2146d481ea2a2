package org.hinomi.observatory.detect;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.hinomi.observatory.store.results.DetectionRow;
import org.hinomi.observatory.store.results.Judged;
import org.hinomi.observatory.store.results.RowRefusal;
import org.jspecify.annotations.Nullable;

/** Looks at detections that a cluster wrote before they are stored. Never throws. */
final class DetectionCheck {
    private static final long MICROS = 1_000_000;
    private static final long AHEAD_MICROS = 86_400 * MICROS;
    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> CLASSES =
            Arrays.stream(PacketClass.values()).map(PacketClass::id).collect(Collectors.toSet());
    private static final Set<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::id).collect(Collectors.toSet());

    private final FieldCheck fields;
    private final InstantSource clock;

    DetectionCheck(List<? extends Detector<?>> detectors, InstantSource clock) {
        this.fields = new FieldCheck(detectors);
        this.clock = clock;
    }

    /** The detection of a row, or why it is none. */
    Judged<Stored> judge(DetectionRow row) {
        if (row.id() == null
                || row.sensor() == null
                || row.source() == null
                || row.traffic() == null
                || row.kind() == null
                || row.fields() == null
                || row.ended() == null
                || row.aggressive() == null) {
            return refused(RowRefusal.MISSING);
        }
        Optional<Declaration> declared = fields.declaration(row.detector());
        if (declared.isEmpty()) {
            return refused(RowRefusal.DETECTOR);
        }
        Optional<String> source = source(declared.get(), row.source());
        if (!row.id().matches("[0-9a-f]{32}")
                || source.isEmpty()
                || !among(CLASSES, declared.get().tells("traffic"), row.traffic())
                || !among(KINDS, declared.get().tells("kind"), row.kind())) {
            return refused(RowRefusal.TEXT);
        }
        if (!within(row.revision(), 0, Integer.MAX_VALUE) || !within(row.port(), -1, HIGHEST_PORT)) {
            return refused(RowRefusal.NUMBER);
        }
        Optional<String> values = fields.checked(row.detector(), row.fields());
        if (values.isEmpty()) {
            return refused(RowRefusal.DETECTOR);
        }
        return timed(row, source.get(), values.get());
    }

    private Judged<Stored> timed(DetectionRow row, String source, String values) {
        long latest = clock.millis() * 1000 + AHEAD_MICROS;
        Long started = row.started();
        Long seen = row.seen();
        Long reported = row.reported();
        if (started == null || seen == null || reported == null || row.revision() == null || row.port() == null) {
            return refused(RowRefusal.MISSING);
        }
        if (started < 0 || seen < started || seen > latest || reported < 0 || reported > latest) {
            return refused(RowRefusal.TIME);
        }
        return new Judged.Good<>(new Stored(
                String.valueOf(row.id()),
                row.revision().intValue(),
                String.valueOf(row.detector()),
                String.valueOf(row.sensor()),
                source,
                row.port(),
                String.valueOf(row.traffic()),
                String.valueOf(row.kind()),
                started,
                seen,
                reported,
                Boolean.TRUE.equals(row.ended()),
                Boolean.TRUE.equals(row.aggressive()),
                values));
    }

    /** The source as it is stored: an address where the detector tells of one, else nothing. */
    private static Optional<String> source(Declaration declared, String text) {
        return declared.tells("source")
                ? IpAddress.parse(text).map(IpAddress::toString)
                : Optional.of(text).filter(String::isEmpty);
    }

    private static boolean among(Set<String> some, boolean told, String text) {
        return told ? some.contains(text) : text.isEmpty();
    }

    private static boolean within(@Nullable Long value, long least, long most) {
        return value != null && value >= least && value <= most;
    }

    private static Judged<Stored> refused(RowRefusal reason) {
        return new Judged.Refused<>(reason);
    }
}

package org.hinomi.scale.result;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.FieldValue;
import tools.jackson.databind.json.JsonMapper;

/**
 * A detection as its table has it. Times are microseconds since 1970-01-01 UTC; {@code seen} is the end of its last
 * minute.
 *
 * @param fields the values by name, as JSON
 */
public record DetectionRow(
        String id,
        int revision,
        String detector,
        String sensor,
        String source,
        long port,
        String traffic,
        String kind,
        long started,
        long seen,
        long reported,
        boolean ended,
        boolean aggressive,
        String fields)
        implements ResultRow {
    private static final long MICROS = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The row of a detection. */
    public static DetectionRow of(Detection detection) {
        return new DetectionRow(
                detection.id(),
                detection.revision(),
                detection.detector(),
                detection.stream(),
                text(detection, "source"),
                whole(detection, "port"),
                text(detection, "traffic"),
                text(detection, "kind"),
                detection.first() * MICROS,
                detection.last() * MICROS,
                detection.reported() * MICROS,
                detection.ended(),
                text(detection, "aggressive").equals("yes"),
                JSON.writeValueAsString(values(detection)));
    }

    private static String text(Detection detection, String field) {
        return detection.field(field).map(FieldValue::text).orElse("");
    }

    private static long whole(Detection detection, String field) {
        return detection.field(field).orElse(new FieldValue.Whole(-1)) instanceof FieldValue.Whole whole
                ? whole.value()
                : -1;
    }

    private static Map<String, Object> values(Detection detection) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Detection.Field field : detection.fields()) {
            values.put(
                    field.name(),
                    switch (field.value()) {
                        case FieldValue.Whole whole -> whole.value();
                        case FieldValue.Text text -> text.value();
                        case FieldValue.Flag flag -> flag.value();
                        case FieldValue.Names names -> names.values();
                        case FieldValue.Counts counts -> counts.values();
                    });
        }
        return values;
    }

    @Override
    public String key() {
        return "detection " + id;
    }

    @Override
    public boolean replaces(ResultRow other) {
        return !(other instanceof DetectionRow row) || revision >= row.revision;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeUTF(id);
        out.writeInt(revision);
        out.writeUTF(detector);
        out.writeUTF(sensor);
        out.writeUTF(source);
        out.writeLong(port);
        out.writeUTF(traffic);
        out.writeUTF(kind);
        out.writeLong(started);
        out.writeLong(seen);
        out.writeLong(reported);
        out.writeBoolean(ended);
        out.writeBoolean(aggressive);
        out.writeUTF(fields);
    }

    static DetectionRow read(DataInput in) throws IOException {
        return new DetectionRow(
                in.readUTF(),
                in.readInt(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readLong(),
                in.readUTF(),
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean(),
                in.readUTF());
    }
}

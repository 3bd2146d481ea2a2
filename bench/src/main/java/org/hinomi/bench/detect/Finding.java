package org.hinomi.bench.detect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.FieldValue;

/** What a detector found, as it stood last, and when it was first told of. */
record Finding(Detection last, long told) {
    /** Gathers the revisions of one run. */
    static final class Book implements Consumer<Detection> {
        private final Map<String, Finding> findings = new LinkedHashMap<>();

        @Override
        public void accept(Detection detection) {
            Finding before = findings.get(detection.id());
            findings.put(detection.id(), new Finding(detection, before == null ? detection.reported() : before.told));
        }

        Map<String, Finding> findings() {
            return findings;
        }
    }

    String text(String name) {
        return last.field(name).map(FieldValue::text).orElse("");
    }

    long whole(String name) {
        return last.field(name).orElse(null) instanceof FieldValue.Whole whole ? whole.value() : 0;
    }

    /** The IPv4 address it is about; -1 when it is about none. */
    long source() {
        String text = text("source");
        return text.isEmpty() || text.contains(":")
                ? -1
                : Prefix.parse(text + "/32").network().lo() & 0xffff_ffffL;
    }
}

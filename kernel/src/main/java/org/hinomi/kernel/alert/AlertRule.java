package org.hinomi.kernel.alert;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which detections of a detector are alerts.
 *
 * @param severity how soon somebody should look
 * @param when what is asked of fields, all of it; nothing is met by every detection
 */
public record AlertRule(Severity severity, Map<String, Condition> when) {
    /** Keeps a copy. */
    public AlertRule {
        when = Collections.unmodifiableMap(new TreeMap<>(when));
    }

    /** Whether a detection's fields, values by name, meet it. */
    public boolean holds(Map<String, ?> fields) {
        return when.entrySet().stream().allMatch(asked -> asked.getValue().holds(fields.get(asked.getKey())));
    }
}

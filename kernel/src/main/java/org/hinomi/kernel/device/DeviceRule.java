package org.hinomi.kernel.device;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One rule of the catalogue.
 *
 * @param name short, lower case
 * @param feature what evidence it looks at, as {@link Evidence#feature}
 * @param values the values that meet it
 * @param least percent of the packets that must show one of them
 * @param points what it says for a kind, or against it when negative
 * @param because why, in English
 * @param becauseJa why, in Japanese
 */
public record DeviceRule(
        String name,
        String feature,
        Set<String> values,
        int least,
        Map<DeviceKind, Integer> points,
        String because,
        String becauseJa) {
    private static final int PERCENT = 100;

    /** Evidence of fewer packets meets no rule: chance could have made it. */
    static final int LEAST_PACKETS = 5;

    /** Keeps copies. */
    public DeviceRule {
        values = Set.copyOf(values);
        points = Collections.unmodifiableMap(new EnumMap<>(points));
    }

    /** Whether the evidence meets it: enough packets of enough show one of its values. */
    boolean holds(List<? extends Evidence> evidence) {
        long showing = 0;
        long of = 0;
        for (Evidence each : evidence) {
            if (each.feature().equals(feature)) {
                of = Math.max(of, each.of());
                showing += values.contains(each.value()) ? each.packets() : 0;
            }
        }
        return of >= LEAST_PACKETS && showing > 0 && Math.min(showing, of) * PERCENT >= of * least;
    }

    /** Whether it is about how the source's own system sends. */
    boolean ofSystem() {
        return !feature.equals("port") && !feature.equals("mark");
    }
}

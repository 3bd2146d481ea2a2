package org.hinomi.bench.detect;

import java.util.HashMap;
import java.util.Map;

/** How well two ways of putting the same things into classes agree. */
final class Agreement {
    private Agreement() {}

    /**
     * The adjusted Rand index (Hubert and Arabie, Journal of Classification 1985): 1 for the same classes, about 0 for
     * classes by chance.
     *
     * @param truth class of each thing
     * @param found class of each thing; one that is missing is alone
     */
    static double adjustedRand(Map<Long, String> truth, Map<Long, String> found) {
        Map<String, Integer> rows = new HashMap<>();
        Map<String, Integer> columns = new HashMap<>();
        Map<String, Integer> cells = new HashMap<>();
        truth.forEach((thing, row) -> {
            String column = found.getOrDefault(thing, "alone " + thing);
            rows.merge(row, 1, Integer::sum);
            columns.merge(column, 1, Integer::sum);
            cells.merge(row + '|' + column, 1, Integer::sum);
        });
        double both = pairs(cells);
        double chance = pairs(rows) * pairs(columns) / (truth.size() * (truth.size() - 1.0) / 2);
        double most = (pairs(rows) + pairs(columns)) / 2;
        return most == chance ? 1 : (both - chance) / (most - chance);
    }

    private static double pairs(Map<String, Integer> sizes) {
        return sizes.values().stream()
                .mapToDouble(size -> size * (size - 1.0) / 2)
                .sum();
    }
}

package org.hinomi.observatory.telescope.query;

import org.hinomi.observatory.web.Query;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param limit the most rows
 * @param offset rows before it
 */
record Page(int limit, int offset) {
    private static final int USUAL = 20;
    private static final int MOST = 1000;
    private static final int DEEPEST = 1_000_000;

    static Page of(Query query) {
        int limit = (int) query.whole("limit", 1, MOST).orElse(USUAL);
        return new Page(limit, (int) query.whole("cursor", 0, DEEPEST).orElse(0));
    }

    /** The cursor of the page behind this one, when more rows were found than fit. */
    @Nullable
    String next(int found) {
        return found > limit ? Integer.toString(offset + limit) : null;
    }
}

package org.hinomi.observatory.respond.constituent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organisation as somebody wrote it: texts that were not looked at.
 *
 * @param line of the file, or the number of the item
 * @param validFrom null for now
 */
record Draft(
        int line,
        String id,
        String name,
        List<String> prefixes,
        List<String> asNumbers,
        @Nullable String validFrom) {}

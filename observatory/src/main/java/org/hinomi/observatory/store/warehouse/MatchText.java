package org.hinomi.observatory.store.warehouse;

import org.hinomi.kernel.flow.FlowRow;

/** The matches of a tuple's packet rules as text, {@code lane:count} pairs; empty for most tuples. */
final class MatchText {
    private MatchText() {}

    static String of(FlowRow row) {
        if (row.matchedRules == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (int left = row.matchedRules; left != 0; left &= left - 1) {
            int lane = Integer.numberOfTrailingZeros(left);
            text.append(text.isEmpty() ? "" : " ").append(lane).append(':').append(row.matches(lane));
        }
        return text.toString();
    }

    static void read(String text, FlowRow row) {
        row.matchedRules = 0;
        int at = 0;
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = text.indexOf(' ', colon);
            int stop = end < 0 ? text.length() : end;
            row.match(Integer.parseInt(text, at, colon, 10), Integer.parseInt(text, colon + 1, stop, 10));
            at = stop + 1;
        }
    }
}

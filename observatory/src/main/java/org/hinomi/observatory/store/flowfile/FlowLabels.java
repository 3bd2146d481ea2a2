package org.hinomi.observatory.store.flowfile;

import java.util.Arrays;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;
import org.jspecify.annotations.Nullable;

/** What a file says of a flow tuple beyond its own values: its kind, and the country and network of its source. */
final class FlowLabels {
    private static final int LETTERS = 1 << 16;

    private final Origin origin;
    private final @Nullable String[] countries = new @Nullable String[LETTERS];

    private final String[] kinds = new String[Kind.count()];

    FlowLabels(Origin origin) {
        Arrays.setAll(kinds, kind -> Kind.at(kind).id());
        this.origin = origin;
    }

    /** The country's two letters; {@code ??} when unknown. */
    String country(FlowRow row) {
        int letters = origin.country(row.srcHi, row.srcLo) & LETTERS - 1;
        String known = countries[letters];
        if (known == null) {
            known = letters == 0 ? FlowField.UNKNOWN : "" + (char) (letters >>> 8) + (char) (letters & 0xff);
            countries[letters] = known;
        }
        return known;
    }

    /** The kind's name. */
    String kind(FlowRow row) {
        return kinds[row.kind()];
    }

    /** The number of the autonomous system; 0 when unknown. */
    long asn(FlowRow row) {
        return origin.asn(row.srcHi, row.srcLo);
    }
}

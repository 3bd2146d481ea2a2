package org.hinomi.wire.flowfile;

import java.util.Arrays;
import org.apache.avro.util.Utf8;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of a flow tuple beyond its own values: its kind, and the country and network of its source. Texts are
 * made once each.
 */
public final class FlowLabels {
    /** What unknown geolocation is written as. */
    public static final Utf8 UNKNOWN_UTF8 = new Utf8(FlowField.UNKNOWN);

    private static final int LETTERS = 1 << 16;

    private final Origin origin;
    private final @Nullable Country[] countries = new @Nullable Country[LETTERS];
    private final String[] kinds = new String[Kind.count()];
    private final Utf8[] kindsUtf8 = new Utf8[Kind.count()];

    /** A country and its continent, two letters each, {@code ??} when unknown. */
    public record Country(String letters, String continent, Utf8 lettersUtf8, Utf8 continentUtf8) {
        private static Country of(int number) {
            String letters = number == 0 ? FlowField.UNKNOWN : "" + (char) (number >>> 8) + (char) (number & 0xff);
            String continent = Continents.of(letters);
            return new Country(letters, continent, new Utf8(letters), new Utf8(continent));
        }
    }

    public FlowLabels(Origin origin) {
        this.origin = origin;
        Arrays.setAll(kinds, kind -> Kind.at(kind).id());
        Arrays.setAll(kindsUtf8, kind -> new Utf8(kinds[kind]));
    }

    /** The country of the source. */
    public Country country(FlowRow row) {
        int number = origin.country(row.srcHi, row.srcLo) & LETTERS - 1;
        Country known = countries[number];
        if (known == null) {
            known = Country.of(number);
            countries[number] = known;
        }
        return known;
    }

    /** The kind's name. */
    public String kind(FlowRow row) {
        return kinds[row.kind()];
    }

    /** The kind's name for Avro. */
    public Utf8 kindUtf8(FlowRow row) {
        return kindsUtf8[row.kind()];
    }

    /** The number of the autonomous system of the source; 0 when unknown. */
    public long asn(FlowRow row) {
        return origin.asn(row.srcHi, row.srcLo);
    }
}

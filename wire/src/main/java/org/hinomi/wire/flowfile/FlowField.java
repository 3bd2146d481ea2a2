package org.hinomi.wire.flowfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;

/**
 * The fields of a flow tuple file, in order; {@code fields.yaml} tells their meaning. After these comes one {@code
 * match_NAME} of type int for each packet rule.
 */
public enum FlowField {
    TIME(Type.LONG),
    SRC_IP(Type.LONG),
    DST_IP(Type.LONG),
    SRC_PORT(Type.INT),
    DST_PORT(Type.INT),
    PROTOCOL(Type.INT),
    TTL(Type.INT),
    TCP_FLAGS(Type.INT),
    IP_LEN(Type.INT),
    TCP_SYNLEN(Type.INT),
    TCP_SYNWINLEN(Type.INT),
    PACKET_CNT(Type.LONG),
    IS_SPOOFED(Type.INT),
    IS_MASSCAN(Type.INT),
    MAXMIND_CONTINENT(Type.STRING),
    MAXMIND_COUNTRY(Type.STRING),
    NETACQ_CONTINENT(Type.STRING),
    NETACQ_COUNTRY(Type.STRING),
    PREFIX2ASN(Type.LONG),
    SENSOR(Type.STRING),
    KIND(Type.STRING),
    FIRST_SEQ(Type.LONG),
    FIRST_IP_ID(Type.INT),
    LATER_FRAGMENT(Type.INT),
    ODD_FRAGMENT_FIELD(Type.INT),
    SRC_IP6(Type.STRING),
    DST_IP6(Type.STRING);

    /** What the name of a field of match counts begins with. */
    public static final String MATCH = "match_";

    /** What unknown geolocation is written as. */
    public static final String UNKNOWN = "??";

    /** The types of values. */
    public enum Type {
        INT,
        LONG,
        STRING
    }

    public final Type type;

    FlowField(Type type) {
        this.type = type;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is one of Corsaro's 19. */
    public boolean corsaro() {
        return compareTo(PREFIX2ASN) <= 0;
    }

    /** Whether Corsaro's format has no room for it: only Parquet and the batches of remote sensors have it. */
    public boolean parquetOnly() {
        return this == SRC_IP6 || this == DST_IP6;
    }

    /** The names of the fields of match counts, in lane order. */
    public static List<String> matches(FingerprintCatalogue catalogue) {
        List<String> names = new ArrayList<>();
        for (Fingerprint rule : catalogue.packetRules()) {
            names.add(MATCH + rule.name());
        }
        return names;
    }
}

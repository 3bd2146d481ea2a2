package org.hinomi.wire.flowfile;

import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;

/** Sets the values of a row from a file, each checked against what the field can hold. */
public final class FlowValue {
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final long MOST_PACKETS = 1L << 40;
    private static final long BITS_32 = 0xffff_ffffL;
    private static final int BITS_16 = 0xffff;

    private FlowValue() {}

    /** Sets a row to what holds for fields that a file lacks. */
    public static void defaults(FlowRow row) {
        row.clear();
        row.firstSeq = -1;
        row.firstIpId = -1;
    }

    /** Whether a row takes a value from this field; the others are labels that can be worked out again. */
    public static boolean taken(FlowField field) {
        return switch (field) {
            case IS_SPOOFED,
                    IS_MASSCAN,
                    MAXMIND_CONTINENT,
                    MAXMIND_COUNTRY,
                    NETACQ_CONTINENT,
                    NETACQ_COUNTRY,
                    PREFIX2ASN,
                    SENSOR,
                    KIND -> false;
            default -> true;
        };
    }

    /** Whether a file without this field holds no flow tuples. */
    public static boolean needed(FlowField field) {
        return field.corsaro() && taken(field) && field != FlowField.TCP_SYNLEN && field != FlowField.TCP_SYNWINLEN;
    }

    /** Sets a number. */
    public static void set(FlowRow row, FlowField field, long value) throws Damage {
        switch (field) {
            case TIME -> row.time = within(field, value, 0, LAST_SECOND);
            case SRC_IP -> {
                row.srcHi = 0;
                row.srcLo = IpAddress.V4_PREFIX | within(field, value, 0, BITS_32);
            }
            case DST_IP -> {
                row.dstHi = 0;
                row.dstLo = IpAddress.V4_PREFIX | within(field, value, 0, BITS_32);
            }
            case SRC_PORT -> row.srcPort = (int) within(field, value, 0, BITS_16);
            case DST_PORT -> row.dstPort = (int) within(field, value, 0, BITS_16);
            case PROTOCOL -> row.protocol = (int) within(field, value, 0, 255);
            case TTL -> row.ttl = (int) within(field, value, 0, 255);
            case TCP_FLAGS -> row.tcpFlags = (int) within(field, value, 0, 255);
            case IP_LEN -> row.ipLen = (int) within(field, value, 0, BITS_16);
            case TCP_SYNLEN -> row.tcpSynLen = (int) within(field, value, 0, 60);
            case TCP_SYNWINLEN -> row.tcpSynWinLen = (int) within(field, value, 0, BITS_16);
            case PACKET_CNT -> row.packetCnt = within(field, value, 1, MOST_PACKETS);
            case FIRST_SEQ -> row.firstSeq = within(field, value, -1, BITS_32);
            case FIRST_IP_ID -> row.firstIpId = (int) within(field, value, -1, BITS_16);
            case LATER_FRAGMENT -> row.laterFragment = within(field, value, 0, 1) == 1;
            case ODD_FRAGMENT_FIELD -> row.oddFragmentField = within(field, value, 0, 1) == 1;
            case IS_SPOOFED,
                    IS_MASSCAN,
                    MAXMIND_CONTINENT,
                    MAXMIND_COUNTRY,
                    NETACQ_CONTINENT,
                    NETACQ_COUNTRY,
                    PREFIX2ASN,
                    SENSOR,
                    KIND,
                    SRC_IP6,
                    DST_IP6 -> throw new IllegalArgumentException(field.id());
        }
    }

    /** Sets the match count of a lane. */
    public static void match(FlowRow row, int lane, long value) throws Damage {
        if (value < 0 || value > BITS_16) {
            throw new Damage("a match count is " + value);
        }
        row.match(lane, (int) value);
    }

    private static long within(FlowField field, long value, long least, long most) throws Damage {
        if (value < least || value > most) {
            throw new Damage(field.id() + " is " + value);
        }
        return value;
    }
}

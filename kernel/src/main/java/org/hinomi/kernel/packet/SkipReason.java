package org.hinomi.kernel.packet;

import java.util.Locale;

/** Why a captured packet was not decoded. Every refused packet has exactly one reason. */
public enum SkipReason {
    /** The link type of its interface is none that is read here. */
    UNKNOWN_LINK_TYPE,
    /** The bytes end inside the link-layer header. */
    TRUNCATED_LINK,
    /** The link-layer header names another protocol than IP (ARP, STP, ...). */
    NOT_IP,
    /** More VLAN tags or MPLS labels than are followed. */
    TOO_MANY_TAGS,
    /** The bytes end inside the IP header or its extension headers. */
    TRUNCATED_IP,
    /** The IP version nibble is not the one announced, or neither 4 nor 6. */
    BAD_IP_VERSION,
    /** The IPv4 header length is under 20 bytes, or the total length is under the header length. */
    BAD_IP_LENGTH,
    /** More IPv6 extension headers than are followed. */
    TOO_MANY_EXTENSIONS,
    /** The bytes end inside the TCP, UDP or ICMP header. */
    TRUNCATED_TRANSPORT,
    /** The TCP data offset is under 20 bytes. */
    BAD_TCP_LENGTH,
    /** The file's record is damaged: its lengths can't be true. */
    BAD_RECORD,
    /** Its destination is none of the dark addresses asked for. */
    OUTSIDE;

    private static final SkipReason[] ALL = values();

    /** The name in JSON and metrics: lower case with underscores. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many reasons there are. */
    public static int count() {
        return ALL.length;
    }

    /** The reason of an ordinal. */
    public static SkipReason at(int ordinal) {
        return ALL[ordinal];
    }
}

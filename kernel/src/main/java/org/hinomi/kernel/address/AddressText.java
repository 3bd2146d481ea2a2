package org.hinomi.kernel.address;

import java.util.Optional;

/** Text forms of addresses, read without name look-ups and written as RFC 5952 asks. */
public final class AddressText {
    private static final int LONGEST_TEXT = 45;
    private static final int GROUPS = 8;

    private AddressText() {}

    static Optional<IpAddress> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        if (text.indexOf(':') >= 0) {
            return parseV6(text);
        }
        long v4 = parseV4(text);
        return v4 < 0 ? Optional.empty() : Optional.of(IpAddress.v4((int) v4));
    }

    private static long parseV4(String text) {
        long value = 0;
        int octets = 0;
        int octet = -1;
        int digits = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (octet < 0 || octets == 4) {
                    return -1;
                }
                value = value << 8 | octet;
                octets++;
                octet = -1;
                digits = 0;
            } else if (c >= '0' && c <= '9' && digits < 3 && !(digits > 0 && octet == 0)) {
                octet = Math.max(octet, 0) * 10 + (c - '0');
                digits++;
                if (octet > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return octets == 4 ? value : -1;
    }

    private static Optional<IpAddress> parseV6(String text) {
        String groups = text;
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') > 0) {
            long v4 = parseV4(text.substring(lastColon + 1));
            if (v4 < 0) {
                return Optional.empty();
            }
            groups = text.substring(0, lastColon + 1) + Long.toHexString(v4 >>> 16) + ":"
                    + Long.toHexString(v4 & 0xffff);
        }
        int gap = groups.indexOf("::");
        if (gap < 0) {
            return joined(split(groups), new int[0], false);
        }
        if (groups.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        return joined(split(groups.substring(0, gap)), split(groups.substring(gap + 2)), true);
    }

    private static int[] split(String groups) {
        if (groups.isEmpty()) {
            return new int[0];
        }
        String[] parts = groups.split(":", -1);
        int[] values = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = hexGroup(parts[i]);
        }
        return values;
    }

    private static int hexGroup(String group) {
        if (group.isEmpty() || group.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < group.length(); i++) {
            char c = group.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static Optional<IpAddress> joined(int[] head, int[] tail, boolean gap) {
        int given = head.length + tail.length;
        if (gap ? given >= GROUPS : given != GROUPS) {
            return Optional.empty();
        }
        long[] halves = new long[2];
        for (int i = 0; i < GROUPS; i++) {
            int fromEnd = i - (GROUPS - tail.length);
            int value = i < head.length ? head[i] : fromEnd >= 0 ? tail[fromEnd] : 0;
            if (value < 0) {
                return Optional.empty();
            }
            halves[i / 4] = halves[i / 4] << 16 | value;
        }
        return Optional.of(new IpAddress(halves[0], halves[1]));
    }

    /** The text of an address given as its two halves. */
    public static String format(long hi, long lo) {
        if (IpAddress.isV4(hi, lo)) {
            int v4 = (int) lo;
            return (v4 >>> 24) + "." + (v4 >>> 16 & 255) + "." + (v4 >>> 8 & 255) + "." + (v4 & 255);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (int) ((i < 4 ? hi : lo) >>> (48 - 16 * (i % 4))) & 0xffff;
        }
        return formatGroups(groups);
    }

    private static String formatGroups(int[] groups) {
        int gapStart = -1;
        int gapLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int length = 0;
            while (start + length < GROUPS && groups[start + length] == 0) {
                length++;
            }
            if (length > gapLength) {
                gapStart = start;
                gapLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}

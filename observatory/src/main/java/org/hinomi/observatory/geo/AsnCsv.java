package org.hinomi.observatory.geo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;

/** Reads rows of {@code start,end,asn,"name"} (RFC 4180), both ends of a range included. */
final class AsnCsv {
    private static final long MOST_NUMBER = 0xffff_ffffL;

    private AsnCsv() {}

    /**
     * Reads a file of one address family.
     *
     * @param names takes the name of each AS number, the first one seen
     */
    static RangeList read(Path file, boolean ipv6, Map<Integer, String> names) throws IOException {
        String name = file.getFileName().toString();
        RangeList ranges = new RangeList(name);
        long row = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                row++;
                if (!line.isEmpty()) {
                    add(line, ipv6, ranges, names, name + " is damaged: row " + row + " is not start,end,asn,name");
                }
            }
        }
        ranges.close(ipv6 ? -1 : 0xffff_ffffL);
        return ranges;
    }

    private static void add(String line, boolean ipv6, RangeList ranges, Map<Integer, String> names, String otherwise) {
        List<String> fields = fields(line);
        if (fields.size() != 4 || !fields.get(2).matches("[0-9]{1,10}")) {
            throw new GeoException(otherwise);
        }
        IpAddress start = IpAddress.parse(fields.get(0)).orElseThrow(() -> new GeoException(otherwise));
        IpAddress end = IpAddress.parse(fields.get(1)).orElseThrow(() -> new GeoException(otherwise));
        long number = Long.parseLong(fields.get(2));
        if (number > MOST_NUMBER || start.isV4() == ipv6 || end.isV4() == ipv6) {
            throw new GeoException(otherwise);
        }
        ranges.add(key(start), key(end), (int) number);
        names.putIfAbsent((int) number, fields.get(3));
    }

    private static long key(IpAddress address) {
        return address.isV4() ? Integer.toUnsignedLong(address.v4()) : address.hi();
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>(4);
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (doubled) {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}

package org.hinomi.observatory.geo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.Prefix;

/** Builds small city databases in MaxMind's DB format 2.0. */
final class MmdbFile {
    private static final int EMPTY = -1;

    private final boolean ipv6;
    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    MmdbFile(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    MmdbFile city(String prefix, String country, String city, double latitude, double longitude) {
        return add(prefix, Map.of("country_code", country, "city", city, "latitude", latitude, "longitude", longitude));
    }

    MmdbFile country(String prefix, String country) {
        return add(prefix, Map.of("country_code", country));
    }

    private MmdbFile add(String prefix, Map<String, Object> fields) {
        int offset = data.size();
        map(data, fields);
        Prefix network = Prefix.parse(prefix);
        int node = 0;
        for (int depth = 0; depth < network.length(); depth++) {
            int bit = bit(network, depth);
            if (depth == network.length() - 1) {
                nodes.get(node)[bit] = -2 - offset;
            } else if (nodes.get(node)[bit] == EMPTY) {
                nodes.add(new int[] {EMPTY, EMPTY});
                nodes.get(node)[bit] = nodes.size() - 1;
                node = nodes.size() - 1;
            } else {
                node = nodes.get(node)[bit];
            }
        }
        return this;
    }

    private static int bit(Prefix network, int depth) {
        int at = network.network().isV4() ? depth + 96 : depth;
        long half = at < 64 ? network.network().hi() : network.network().lo();
        return (int) (half >>> (63 - at % 64)) & 1;
    }

    void write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            for (int record : node) {
                int value = record == EMPTY ? nodes.size() : record >= 0 ? record : nodes.size() + 16 - 2 - record;
                out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
            }
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(data.toByteArray());
        out.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
        out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        map(
                out,
                Map.of(
                        "binary_format_major_version",
                        2,
                        "binary_format_minor_version",
                        0,
                        "build_epoch",
                        1_780_666_922L,
                        "database_type",
                        "city",
                        "description",
                        Map.of(),
                        "languages",
                        List.of(),
                        "ip_version",
                        ipv6 ? 6 : 4,
                        "node_count",
                        nodes.size(),
                        "record_size",
                        32));
        Files.write(file, out.toByteArray());
    }

    private static void map(ByteArrayOutputStream out, Map<String, Object> fields) {
        out.write(7 << 5 | fields.size());
        fields.forEach((name, value) -> {
            text(out, name);
            switch (value) {
                case String text -> text(out, text);
                case Double number -> {
                    out.write(3 << 5 | 8);
                    out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
                }
                case Integer number -> {
                    out.write(6 << 5 | 4);
                    out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
                }
                case Long number -> {
                    out.writeBytes(new byte[] {8, 2});
                    out.writeBytes(ByteBuffer.allocate(8).putLong(number).array());
                }
                case List<?> list -> out.writeBytes(new byte[] {(byte) list.size(), 4});
                default -> out.write(7 << 5);
            }
        });
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(2 << 5 | bytes.length);
        out.writeBytes(bytes);
    }
}

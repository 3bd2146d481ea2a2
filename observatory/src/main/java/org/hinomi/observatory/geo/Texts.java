package org.hinomi.observatory.geo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts that a table stores once each, by their offset in {@link Section#TEXT}. */
final class Texts {
    private static final int LONGEST = 1000;

    private final Map<String, Integer> offsets = new HashMap<>();
    private final List<byte[]> all = new ArrayList<>();
    private int size;

    int offset(String text) {
        String kept = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        Integer known = offsets.get(kept);
        if (known != null) {
            return known;
        }
        byte[] bytes = kept.getBytes(StandardCharsets.UTF_8);
        int offset = size;
        offsets.put(kept, offset);
        all.add(bytes);
        size += Short.BYTES + bytes.length;
        return offset;
    }

    void write(GeoTableWriter.Elements out) throws IOException {
        for (byte[] text : all) {
            out.text(text);
        }
    }
}

package org.hinomi.observatory.geo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The different places of a database, numbered from 1; 0 is no place. */
final class PlaceList {
    private static final double MILLIONTHS = 1e6;

    private record Entry(int country, String city, int latitude, int longitude) {}

    private final Map<Entry, Integer> numbers = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    int number(String country, String city, double latitude, double longitude) {
        Entry entry = new Entry(
                country.charAt(0) << 8 | country.charAt(1),
                city,
                (int) Math.round(Math.clamp(latitude, -90, 90) * MILLIONTHS),
                (int) Math.round(Math.clamp(longitude, -180, 180) * MILLIONTHS));
        Integer known = numbers.get(entry);
        if (known != null) {
            return known;
        }
        entries.add(entry);
        numbers.put(entry, entries.size());
        return entries.size();
    }

    /** The country of a number, as two letters in 16 bits; 0 of no place. */
    int country(int number) {
        return number == 0 ? 0 : entries.get(number - 1).country;
    }

    void write(GeoTableWriter.Elements out, Texts texts) throws IOException {
        for (Entry entry : entries) {
            out.int32(entry.country);
            out.int32(entry.latitude);
            out.int32(entry.longitude);
            out.int32(texts.offset(entry.city));
        }
    }
}

package org.hinomi.observatory.geo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A point within each country, by which an address is drawn of which only the country is known. */
final class CountryPoints {
    private static final String FILE = "country-points.tsv";

    private final Map<String, Point> points = new HashMap<>();

    /** Degrees north and east. */
    record Point(double latitude, double longitude) {}

    CountryPoints() {
        InputStream file = Objects.requireNonNull(CountryPoints.class.getResourceAsStream(FILE), FILE);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split("\t", -1);
                    points.put(fields[0], new Point(Double.parseDouble(fields[1]), Double.parseDouble(fields[2])));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The point of a country, by its two letters. */
    Optional<Point> of(String country) {
        return Optional.ofNullable(points.get(country));
    }
}

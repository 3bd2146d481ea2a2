package org.hinomi.observatory.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where Hinomi keeps its data: the option, else {@code HINOMI_DATA}, else {@code data} in the current directory. */
public final class DataFolder {
    /** The environment variable. */
    public static final String VARIABLE = "HINOMI_DATA";

    private static final String GEO = "geo";

    private DataFolder() {}

    /** The data directory; it need not exist. */
    public static Path of(@Nullable Path option, Map<String, String> environment) {
        if (option != null) {
            return option;
        }
        String named = environment.get(VARIABLE);
        if (named == null || named.isBlank()) {
            return Path.of("data");
        }
        try {
            return Path.of(named);
        } catch (InvalidPathException e) {
            throw new Failure(VARIABLE + " is not a path: " + e.getMessage());
        }
    }

    /** The geolocation data of a data directory. */
    public static Path geo(Path data) {
        return data.resolve(GEO);
    }
}

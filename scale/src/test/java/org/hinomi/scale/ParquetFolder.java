package org.hinomi.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the Parquet files of a folder with a library that did not write them. */
final class ParquetFolder {
    private ParquetFolder() {}

    /** How many tuples are in the files that have their name; -1 when some are there twice. */
    static long tuples(Path folder) throws IOException, SQLException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> file.getFileName().toString().matches("tuples-.*\\.parquet"))
                    .forEach(file -> files.add("'" + file + "'"));
        }
        if (files.isEmpty()) {
            return 0;
        }
        String rows = "read_parquet([" + String.join(",", files) + "])";
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet counts = statement.executeQuery("SELECT (SELECT count(*) FROM " + rows
                        + "), (SELECT count(*) FROM (SELECT DISTINCT * FROM " + rows + "))")) {
            counts.next();
            return counts.getLong(1) == counts.getLong(2) ? counts.getLong(1) : -1;
        }
    }
}

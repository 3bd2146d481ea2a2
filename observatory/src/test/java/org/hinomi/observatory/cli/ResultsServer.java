package org.hinomi.observatory.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL server of its own, whose user {@code reader} must give a password and may only read. */
final class ResultsServer implements AutoCloseable {
    static final String PASSWORD = "not a secret";

    private final EmbeddedPostgres server;
    private int databases;

    private ResultsServer(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts it; skips what needs it, and says why, where it can't be started. */
    static ResultsServer start(Path folder) throws IOException, SQLException {
        return start(folder, 0);
    }

    /** Starts it on a port, with what an earlier one left in the folder. */
    static ResultsServer start(Path folder, int port) throws IOException, SQLException {
        Path data = folder.resolve("postgres");
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start();
            ResultsServer results = new ResultsServer(server);
            results.prepare(data);
            return results;
        } catch (IOException | IllegalStateException e) {
            Assumptions.abort("PostgreSQL can't be started here: " + e);
            throw e;
        }
    }

    private void prepare(Path data) throws IOException, SQLException {
        Path rules = data.resolve("pg_hba.conf");
        String text = Files.readString(rules);
        if (!text.contains("reader")) {
            Files.writeString(rules, "host all reader all scram-sha-256\n" + text);
            run("postgres", "CREATE ROLE reader LOGIN PASSWORD '" + PASSWORD + "'");
            run("postgres", "SELECT pg_reload_conf()");
        }
    }

    /** A new database with the tables that the job makes. */
    ResultsTables database() throws SQLException {
        String name = "results" + databases++;
        run("postgres", "CREATE DATABASE " + name);
        ResultsTables tables = new ResultsTables(this, name);
        tables.make();
        return tables;
    }

    /** A new database with nothing in it. */
    String emptyDatabase() throws SQLException {
        String name = "empty" + databases++;
        run("postgres", "CREATE DATABASE " + name);
        return name;
    }

    int port() {
        return server.getPort();
    }

    Connection connect(String database) throws SQLException {
        return server.getDatabase("postgres", database).getConnection();
    }

    void run(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

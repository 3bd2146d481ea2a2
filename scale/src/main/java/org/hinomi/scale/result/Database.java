package org.hinomi.scale.result;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where results go.
 *
 * @param url as {@code jdbc:postgresql://host:5432/hinomi}
 * @param user empty for the one that the address or the system says
 * @param password empty for none
 */
public record Database(String url, String user, String password) implements Serializable {
    private static final String PATIENCE_SECONDS = "10";
    private static final String LONGEST_ANSWER_SECONDS = "120";

    /** Opens a connection. */
    @SuppressWarnings("MustBeClosedChecker") // who asks closes it
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
        }
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "hinomi-flink");
        properties.setProperty("connectTimeout", PATIENCE_SECONDS);
        properties.setProperty("socketTimeout", LONGEST_ANSWER_SECONDS);
        properties.setProperty("reWriteBatchedInserts", "true");
        Connection connection = new org.postgresql.Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("'" + url + "' is not an address such as jdbc:postgresql://host:5432/hinomi");
        }
        return connection;
    }

    /** The address without what may be secret in it. */
    public String where() {
        int end = url.indexOf('?');
        return end < 0 ? url : url.substring(0, end);
    }

    @Override
    public String toString() {
        return where();
    }
}

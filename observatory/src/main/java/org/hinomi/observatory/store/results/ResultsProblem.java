package org.hinomi.observatory.store.results;

import java.sql.SQLException;

/** Turns what PostgreSQL and its driver say into a sentence for the person who runs the tower. */
final class ResultsProblem {
    private ResultsProblem() {}

    static ResultsException of(ResultsAddress address, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String place = "the cluster's results at " + address.shown();
        String said =
                String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
        String sentence = switch (state) {
            case "28P01", "28000", "08004" ->
                place + " can't be read: PostgreSQL refuses user " + user(address) + " (" + said
                        + "); correct scale.user and the password_file";
            case "3D000" -> place + " can't be read: " + said + "; correct scale.results";
            case "42501" ->
                place + " can't be read: " + said + "; GRANT SELECT on the hinomi_ tables to user " + user(address);
            case "42P01", "42703", "42883", "42804" ->
                place + " have another form than this release reads: " + said
                        + "; let the job make its tables, or bring job and tower to one release";
            default -> place + " can't be reached: " + said + "; it is tried again";
        };
        return new ResultsException(sentence, e);
    }

    private static String user(ResultsAddress address) {
        return address.user().map(name -> "'" + name + "'").orElse("of the system");
    }
}

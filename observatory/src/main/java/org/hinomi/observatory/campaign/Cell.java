package org.hinomi.observatory.campaign;

/** Texts as cells of a CSV file (RFC 4180). */
final class Cell {
    private Cell() {}

    /** A text in quotes; one that a spreadsheet would take for a formula begins with an apostrophe. */
    static String quoted(String text) {
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}

package org.hinomi.observatory.store.csv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a text of comma-separated values (RFC 4180), which may end in CR LF or LF. Takes any text. */
public final class CsvRows {
    private final String text;
    private int at;
    private int lines;
    private int line;
    private boolean unclosed;

    /** The rows of a text. */
    public CsvRows(String text) {
        this.text = text;
    }

    /** The line on which the newest row began; the first is 1. */
    public int line() {
        return line;
    }

    /** Whether the text ended within quotes. */
    public boolean isUnclosed() {
        return unclosed;
    }

    /** The cells of the next row; null at the end. */
    public @Nullable List<String> next() {
        if (at >= text.length()) {
            return null;
        }
        line = ++lines;
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (quoted) {
                if (c == '"' && at < text.length() && text.charAt(at) == '"') {
                    cell.append('"');
                    at++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    lines += c == '\n' ? 1 : 0;
                    cell.append(c);
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                break;
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        unclosed |= quoted;
        cells.add(cell.toString());
        return cells;
    }
}

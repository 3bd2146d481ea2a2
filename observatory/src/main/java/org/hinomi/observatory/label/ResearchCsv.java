package org.hinomi.observatory.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hinomi.observatory.label.ResearchDraft.Parsed;
import org.hinomi.observatory.label.ResearchDraft.Word;
import org.hinomi.observatory.store.csv.CsvRows;

/** Researchers as CSV (RFC 4180). Takes any text. */
final class ResearchCsv {
    private static final List<String> COLUMNS = List.of("name", "reference", "prefixes", "reverse_names");

    private ResearchCsv() {}

    static Parsed read(String text) {
        CsvRows rows = new CsvRows(text);
        List<String> header = rows.next();
        if (header == null
                || !COLUMNS.equals(header.stream().map(ResearchCsv::plain).toList())) {
            return Parsed.unusable(
                    1,
                    "The first line is not " + String.join(",", COLUMNS) + ".",
                    "Begin the file with exactly this line.");
        }
        List<ResearchDraft> drafts = new ArrayList<>();
        List<FileNote> errors = new ArrayList<>();
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            int line = rows.line();
            if (drafts.size() >= ResearchCheck.MOST_RESEARCHERS || errors.size() >= FileNote.MOST) {
                return drafts.size() >= ResearchCheck.MOST_RESEARCHERS
                        ? ResearchCheck.tooMany(line)
                        : new Parsed(drafts, errors);
            }
            if (row.size() == COLUMNS.size()) {
                drafts.add(new ResearchDraft(
                        line,
                        new Word(line, row.get(0).strip()),
                        new Word(line, row.get(1).strip()),
                        words(line, row.get(2)),
                        words(line, row.get(3))));
            } else if (row.size() > 1 || !row.getFirst().isBlank()) {
                errors.add(new FileNote(
                        line,
                        "The row has " + row.size() + " fields, not " + COLUMNS.size() + ".",
                        "Separate prefixes with spaces, and put a name with a comma in quotes."));
            }
        }
        if (rows.isUnclosed()) {
            errors.add(
                    new FileNote(rows.line(), "A quote is not closed.", "Close it, and write a quote within as two."));
        }
        return new Parsed(drafts, errors);
    }

    private static String plain(String cell) {
        return cell.strip().toLowerCase(Locale.ROOT);
    }

    private static List<Word> words(int line, String cell) {
        return Arrays.stream(cell.split("[\\s;]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> new Word(line, word))
                .toList();
    }
}

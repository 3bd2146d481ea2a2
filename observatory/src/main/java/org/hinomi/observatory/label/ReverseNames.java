package org.hinomi.observatory.label;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.research.ResearchTable;
import org.hinomi.observatory.store.csv.CsvRows;

/**
 * Names of addresses that the operator exported, as CSV with a line {@code address,name} first. Nothing is looked up.
 *
 * @param errors what is wrong; then there are no names
 */
record ReverseNames(Map<IpAddress, String> byAddress, List<FileNote> errors) {
    static final int MOST_NAMES = 200_000;

    private static final List<String> COLUMNS = List.of("address", "name");
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";

    /** No file, no names. */
    static final ReverseNames NONE = new ReverseNames(Map.of(), List.of());

    static boolean isName(String text) {
        return text.length() <= ResearchTable.LONGEST_NAME && text.matches(LABEL + "(\\." + LABEL + ")+");
    }

    static ReverseNames read(String text) {
        CsvRows rows = new CsvRows(text);
        List<FileNote> errors = new ArrayList<>();
        if (!COLUMNS.equals(rows.next())) {
            errors.add(
                    new FileNote(1, "The first line is not address,name.", "Begin the file with exactly this line."));
            return new ReverseNames(Map.of(), errors);
        }
        Map<IpAddress, String> names = new LinkedHashMap<>();
        for (List<String> row = rows.next(); row != null && errors.size() < FileNote.MOST; row = rows.next()) {
            if (names.size() >= MOST_NAMES) {
                errors.add(new FileNote(
                        rows.line(),
                        "There are more than " + MOST_NAMES + " names.",
                        "Leave out what you do not need."));
                break;
            }
            if (row.size() > 1 || !row.getFirst().isBlank()) {
                add(row, rows.line(), names, errors);
            }
        }
        return errors.isEmpty() ? new ReverseNames(names, errors) : new ReverseNames(Map.of(), errors);
    }

    private static void add(List<String> row, int line, Map<IpAddress, String> names, List<FileNote> errors) {
        Optional<IpAddress> address = IpAddress.parse(row.getFirst().strip());
        String name = row.getLast().strip().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (row.size() != COLUMNS.size() || address.isEmpty() || !isName(name)) {
            errors.add(new FileNote(
                    line,
                    "This is not an address and a domain name.",
                    "Write a line such as 192.0.2.77,probe-1.survey.example."));
        } else if (names.put(address.get(), name) != null) {
            errors.add(
                    new FileNote(line, "The address " + address.get() + " is there twice.", "Keep one of its names."));
        }
    }
}

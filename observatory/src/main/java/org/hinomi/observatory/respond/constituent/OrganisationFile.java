package org.hinomi.observatory.respond.constituent;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hinomi.observatory.store.csv.CsvRows;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;
import org.jspecify.annotations.Nullable;

/** Organisations as CSV (RFC 4180) and as JSON: reads whatever comes, and tells of each row that is none. */
final class OrganisationFile {
    static final int MOST_BYTES = 8 << 20;
    static final int MOST_ROWS = 10_000;
    private static final List<String> COLUMNS = List.of("id", "name", "prefixes", "as_numbers", "valid_from");
    private static final String HEADER = String.join(",", COLUMNS);

    private OrganisationFile() {}

    /** What was read: rows, and errors of those that could not be. */
    record Parsed(List<Draft> drafts, List<RowNote> errors) {
        static Parsed unusable(int line, String reason, String remedy) {
            return new Parsed(List.of(), List.of(new RowNote(line, null, reason, remedy)));
        }
    }

    /** An organisation in JSON. */
    record Item(
            @Nullable String id,
            @Nullable String name,
            @Nullable List<String> prefixes,
            @Nullable List<String> asNumbers,
            @Nullable String validFrom) {
        Draft draft(int number) {
            return new Draft(
                    number,
                    id == null ? "" : id,
                    name == null ? "" : name,
                    texts(prefixes),
                    texts(asNumbers),
                    validFrom);
        }

        private static List<String> texts(@Nullable List<String> some) {
            return some == null
                    ? List.of()
                    : some.stream()
                            .map(each -> each == null ? "" : each.strip())
                            .toList();
        }
    }

    /** A list of organisations in JSON, as it is also given out. */
    record Items(@Nullable List<Item> items, @Nullable String next) {}

    static Parsed json(byte[] bytes) {
        try {
            List<Item> items = Json.read(bytes, Items.class).items();
            if (items == null || items.contains(null)) {
                return Parsed.unusable(
                        1, "The body has no \"items\".", "Send {\"items\": [{\"id\": ..., \"name\": ...}]}.");
            }
            if (items.size() > MOST_ROWS) {
                return tooMany();
            }
            List<Draft> drafts = new ArrayList<>();
            items.forEach(item -> drafts.add(item.draft(drafts.size() + 1)));
            return new Parsed(drafts, List.of());
        } catch (JsonException e) {
            return Parsed.unusable(1, String.valueOf(e.getMessage()), "Send what the export as JSON gives.");
        }
    }

    private static Parsed tooMany() {
        return Parsed.unusable(
                MOST_ROWS + 1, "There are more than " + MOST_ROWS + " organisations.", "Import them in parts.");
    }

    static Parsed csv(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return Parsed.unusable(1, "The file is not UTF-8.", "Save it as CSV in UTF-8.");
        }
        CsvRows rows = new CsvRows(text.startsWith("\ufeff") ? text.substring(1) : text);
        List<String> header = rows.next();
        if (header == null || !COLUMNS.equals(lower(header))) {
            return Parsed.unusable(
                    1, "The first line is not " + HEADER + ".", "Begin the file with exactly this line.");
        }
        List<Draft> drafts = new ArrayList<>();
        List<RowNote> errors = new ArrayList<>();
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            if (drafts.size() + errors.size() >= MOST_ROWS) {
                return tooMany();
            }
            if (row.size() == COLUMNS.size()) {
                drafts.add(new Draft(
                        rows.line(), row.get(0), row.get(1), words(row.get(2)), words(row.get(3)), row.get(4)));
            } else if (row.size() > 1 || !row.getFirst().isBlank()) {
                errors.add(new RowNote(
                        rows.line(),
                        null,
                        "The row has " + row.size() + " fields, not " + COLUMNS.size() + ".",
                        "Separate prefixes with spaces, and put a name with a comma in quotes."));
            }
        }
        if (rows.isUnclosed()) {
            errors.add(new RowNote(
                    rows.line(), null, "A quote is not closed.", "Close it, and write a quote within as two."));
        }
        return new Parsed(drafts, errors);
    }

    private static List<String> lower(List<String> header) {
        return header.stream()
                .map(cell -> cell.strip().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.split("[\\s;]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A row for each organisation, which {@link #csv} reads again. */
    static String csv(List<Organisation> organisations) {
        return Stream.concat(Stream.of(HEADER), organisations.stream().map(OrganisationFile::row))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String row(Organisation of) {
        return Stream.of(
                        of.id(),
                        of.name(),
                        join(of.prefixes()),
                        join(of.asNumbers()),
                        of.validFrom().toString())
                .map(OrganisationFile::cell)
                .collect(Collectors.joining(","));
    }

    private static String join(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

package org.hinomi.observatory.label;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.research.ResearchTable;
import org.hinomi.kernel.research.ResearchTable.Entry;
import org.hinomi.kernel.research.Researcher;
import org.hinomi.observatory.label.ResearchDraft.Parsed;
import org.hinomi.observatory.label.ResearchDraft.Word;

/** Makes researchers of drafts, or tells of each what is wrong with it. */
final class ResearchCheck {
    static final int MOST_RESEARCHERS = 1000;

    /** The most prefixes and reverse names together. */
    static final int MOST_WORDS = 20_000;

    /** Shortest prefixes that a researcher may have: a wider block holds others, whose scans would be left out. */
    private static final int SHORTEST_V4 = 8;

    private static final int SHORTEST_V6 = 19;
    private static final int SHOWN = 60;

    private final List<FileNote> errors = new ArrayList<>();
    private final Map<String, String> taken = new HashMap<>();
    private int words;

    private ResearchCheck() {}

    /** Researchers, or errors: one of both is empty. */
    record Checked(List<Entry> entries, List<FileNote> errors) {}

    static Checked check(Parsed parsed) {
        ResearchCheck check = new ResearchCheck();
        check.errors.addAll(parsed.errors());
        List<Entry> entries = new ArrayList<>();
        for (ResearchDraft draft : parsed.drafts()) {
            check.entry(draft).ifPresent(entries::add);
            if (check.errors.size() >= FileNote.MOST) {
                break;
            }
        }
        return check.errors.isEmpty()
                ? new Checked(entries, List.of())
                : new Checked(List.of(), check.errors.subList(0, Math.min(FileNote.MOST, check.errors.size())));
    }

    static Parsed tooMany(int line) {
        return Parsed.unusable(
                line,
                "There are more than " + MOST_RESEARCHERS + " researchers or " + MOST_WORDS + " prefixes and names.",
                "Leave out what you do not need.");
    }

    private Optional<Entry> entry(ResearchDraft draft) {
        String name = draft.name().text();
        String reference = draft.reference().text();
        int before = errors.size();
        if (name.isEmpty() || name.length() > Researcher.LONGEST_NAME || name.matches(".*[\\p{Cntrl}\\p{Cf}].*")) {
            error(
                    draft.name(),
                    "A researcher has no name of 1 to " + Researcher.LONGEST_NAME + " characters.",
                    "Give what people call it.");
        }
        if (!reference.matches("https?://[A-Za-z0-9.:\\[\\]-]+(/[!-~]*)?")
                || reference.length() > Researcher.LONGEST_REFERENCE) {
            error(
                    draft.reference(),
                    "'" + shown(reference) + "' is no web address of at most " + Researcher.LONGEST_REFERENCE
                            + " characters.",
                    "Give the page where it says that it scans, as in https://survey.example/about.");
        }
        if (draft.prefixes().isEmpty() && draft.reverseNames().isEmpty()) {
            error(new Word(draft.line(), ""), "It has neither prefixes nor reverse names.", "Give one of both.");
        }
        words += draft.prefixes().size() + draft.reverseNames().size();
        if (words > MOST_WORDS) {
            errors.addAll(tooMany(draft.line()).errors());
            return Optional.empty();
        }
        List<Prefix> prefixes = new ArrayList<>();
        draft.prefixes().forEach(word -> prefix(word, name).ifPresent(prefixes::add));
        List<String> names = new ArrayList<>();
        draft.reverseNames().forEach(word -> reverseName(word, name).ifPresent(names::add));
        return errors.size() > before
                ? Optional.empty()
                : Optional.of(new Entry(new Researcher(name, reference), prefixes, names));
    }

    private Optional<Prefix> prefix(Word word, String owner) {
        Prefix prefix;
        try {
            prefix = Prefix.parse(word.text());
        } catch (IllegalArgumentException e) {
            error(word, "'" + shown(word.text()) + "' is no prefix.", "Write it as 192.0.2.0/28 or 2001:db8:5::/64.");
            return Optional.empty();
        }
        String address = word.text().replaceFirst("/.*", "");
        if (!Prefix.parse(address).network().equals(prefix.network())) {
            error(
                    word,
                    "'" + shown(word.text()) + "' has bits set behind its length.",
                    "If the whole block is meant, write " + prefix + ".");
            return Optional.empty();
        }
        int shortest = prefix.network().isV4() ? SHORTEST_V4 : SHORTEST_V6;
        if (prefix.length() < shortest) {
            error(
                    word,
                    "'" + shown(word.text()) + "' is wider than /" + shortest + ", and holds others' scanners.",
                    "Give only the addresses that it scans from.");
            return Optional.empty();
        }
        return isTaken(word, prefix.toString(), owner) ? Optional.empty() : Optional.of(prefix);
    }

    private Optional<String> reverseName(Word word, String owner) {
        String name =
                word.text().toLowerCase(Locale.ROOT).replaceFirst("^\\.", "").replaceFirst("\\.$", "");
        if (!ReverseNames.isName(name)) {
            error(
                    word,
                    "'" + shown(word.text()) + "' is no domain name with a dot in it.",
                    "Write what its names end in, as scan.survey.example.");
            return Optional.empty();
        }
        return isTaken(word, name, owner) ? Optional.empty() : Optional.of(name);
    }

    private boolean isTaken(Word word, String what, String owner) {
        String before = taken.putIfAbsent(what, owner);
        if (before != null) {
            error(
                    word,
                    "'" + shown(what) + "' is given twice, for '" + shown(before) + "' and '" + shown(owner) + "'.",
                    "Keep one of both.");
        }
        return before != null;
    }

    private void error(Word at, String reason, String remedy) {
        errors.add(new FileNote(at.line(), reason, remedy));
    }

    /** A text of the file as it may be told: cut, and without control characters. */
    static String shown(String text) {
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** A table of what was found. */
    static ResearchTable table(Checked checked, ReverseNames names) {
        return new ResearchTable(checked.entries(), names.byAddress());
    }
}

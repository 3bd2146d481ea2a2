package org.hinomi.observatory.respond.constituent;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;

/** Looks at what somebody wants to register, row by row, and at how it goes together with what is registered. */
final class OrganisationCheck {
    static final int MOST_PREFIXES = 1000;
    static final int MOST_SYSTEMS = 1000;
    static final int LONGEST_NAME = 128;
    private static final int MOST_NOTES = 200;
    private static final long HIGHEST_SYSTEM = 0xffff_ffffL;

    private final Instant now;
    private final List<RowNote> errors = new ArrayList<>();
    private final List<RowNote> notes = new ArrayList<>();
    private final List<Organisation> organisations = new ArrayList<>();
    private final Map<Prefix, String> prefixes = new HashMap<>();
    private final Map<Long, String> systems = new HashMap<>();

    /** The outcome. Where there are errors, nothing is to be stored. */
    record Outcome(List<Organisation> organisations, List<RowNote> errors, List<RowNote> notes) {}

    private OrganisationCheck(Instant now) {
        this.now = now.truncatedTo(ChronoUnit.MINUTES);
    }

    /**
     * Checks drafts.
     *
     * @param unread errors of rows that could not even be read
     * @param registered what stays registered beside those whose id is among the drafts
     */
    static Outcome of(List<Draft> drafts, List<RowNote> unread, List<Organisation> registered, Instant now) {
        OrganisationCheck check = new OrganisationCheck(now);
        check.errors.addAll(unread);
        Set<String> ids = new HashSet<>();
        drafts.forEach(draft -> ids.add(draft.id().strip()));
        for (Organisation other : registered) {
            if (!ids.contains(other.id())) {
                other.prefixes().forEach(prefix -> check.prefixes.put(prefix, other.id()));
                other.asNumbers().forEach(number -> check.systems.put(number, other.id()));
            }
        }
        Set<String> seen = new HashSet<>();
        Map<Prefix, Integer> lines = new HashMap<>();
        drafts.forEach(draft -> check.row(draft, seen, lines));
        check.nested(lines);
        return new Outcome(List.copyOf(check.organisations), most(check.errors), most(check.notes));
    }

    private static List<RowNote> most(List<RowNote> all) {
        return all.stream()
                .sorted(java.util.Comparator.comparingInt(RowNote::line))
                .limit(MOST_NOTES)
                .toList();
    }

    private void row(Draft draft, Set<String> seen, Map<Prefix, Integer> lines) {
        int before = errors.size();
        String id = draft.id().strip();
        String name = draft.name().strip();
        if (!id.matches("[a-z0-9][a-z0-9-]{0,62}") || id.equals("import")) {
            error(
                    draft,
                    "id",
                    "'" + shown(id) + "' is no id.",
                    "Use 1 to 63 of a-z, 0-9 and '-', such as city-hospital.");
        } else if (!seen.add(id)) {
            error(draft, "id", "'" + id + "' stands here twice.", "Give each organisation one row.");
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.matches(".*[\\p{Cntrl}\\p{Cf}].*")) {
            error(draft, "name", "The name is missing or can't be used.", "Give 1 to 128 characters on one line.");
        }
        List<Prefix> own = prefixes(draft, id, lines);
        List<Long> numbers = systems(draft, id);
        if (own.isEmpty() && numbers.isEmpty() && errors.size() == before) {
            error(draft, "prefixes", "'" + id + "' has no network.", "Give at least one prefix or AS number.");
        }
        Instant from = validFrom(draft);
        if (errors.size() == before) {
            organisations.add(new Organisation(id, name, own, numbers, from));
        }
    }

    private List<Prefix> prefixes(Draft draft, String id, Map<Prefix, Integer> lines) {
        if (draft.prefixes().size() > MOST_PREFIXES) {
            error(
                    draft,
                    "prefixes",
                    "There are more than " + MOST_PREFIXES + ".",
                    "Join neighbouring prefixes, or use an AS number.");
            return List.of();
        }
        List<Prefix> own = new ArrayList<>();
        for (String text : draft.prefixes()) {
            prefix(draft, text).ifPresent(prefix -> {
                String other = prefixes.putIfAbsent(prefix, id);
                if (other == null) {
                    own.add(prefix);
                    lines.put(prefix, draft.line());
                } else if (other.equals(id)) {
                    error(draft, "prefixes", prefix + " stands there twice.", "Remove one of the two.");
                } else {
                    error(
                            draft,
                            "prefixes",
                            prefix + " is registered for '" + other + "' and for '" + id + "'.",
                            "Leave it with the one whose it is.");
                }
            });
        }
        return own;
    }

    private Optional<Prefix> prefix(Draft draft, String text) {
        Prefix prefix;
        try {
            prefix = Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            error(draft, "prefixes", "'" + shown(text) + "' is no prefix.", "Write 20.1.0.0/16 or 2a00:1::/32.");
            return Optional.empty();
        }
        String address = text.contains("/") ? text.substring(0, text.indexOf('/')) : text;
        if (!IpAddress.parse(address).equals(Optional.of(prefix.network()))) {
            error(
                    draft,
                    "prefixes",
                    "'" + text + "' has bits set behind its length.",
                    "If the whole block is meant, write " + prefix + ".");
            return Optional.empty();
        }
        Optional<SpecialRanges.Special> special = SpecialRanges.of(prefix);
        if (special.isPresent() && !special.get().seen()) {
            error(
                    draft,
                    "prefixes",
                    prefix + " has addresses of " + special.get().prefix() + ", set aside for "
                            + special.get().what() + ": no machine sends from there.",
                    "Remove it, or give the blocks that are really theirs.");
            return Optional.empty();
        }
        special.ifPresent(range -> notes.add(new RowNote(
                draft.line(),
                "prefixes",
                prefix + " has addresses of " + range.prefix() + ", set aside for " + range.what()
                        + ": only a sensor inside their network sees such sources.",
                null)));
        return Optional.of(prefix);
    }

    private List<Long> systems(Draft draft, String id) {
        if (draft.asNumbers().size() > MOST_SYSTEMS) {
            error(draft, "as_numbers", "There are more than " + MOST_SYSTEMS + ".", "Give fewer.");
            return List.of();
        }
        List<Long> own = new ArrayList<>();
        for (String text : draft.asNumbers()) {
            String digits = text.replaceFirst("(?i)^AS", "");
            if (!digits.matches("[0-9]{1,10}")
                    || Long.parseLong(digits) < 1
                    || Long.parseLong(digits) > HIGHEST_SYSTEM) {
                error(
                        draft,
                        "as_numbers",
                        "'" + shown(text) + "' is no AS number.",
                        "Write 64500 or AS64500: 1 to 4294967295.");
                continue;
            }
            long number = Long.parseLong(digits);
            String other = systems.putIfAbsent(number, id);
            if (other == null) {
                own.add(number);
            } else {
                error(
                        draft,
                        "as_numbers",
                        "AS" + number + " is registered for '" + other + "' and for '" + id + "'.",
                        "Leave it with the one whose it is.");
            }
        }
        return own;
    }

    private Instant validFrom(Draft draft) {
        String text = draft.validFrom();
        if (text == null || text.isBlank()) {
            return now;
        }
        try {
            Instant from = OffsetDateTime.parse(text.strip()).toInstant().truncatedTo(ChronoUnit.MINUTES);
            if (from.isAfter(now) || from.isBefore(Instant.EPOCH)) {
                error(draft, "valid_from", text + " is not between 1970 and now.", "Leave it empty for now.");
            }
            return from;
        } catch (DateTimeException e) {
            error(
                    draft,
                    "valid_from",
                    "'" + shown(text) + "' is no time.",
                    "Write 2026-11-23T09:30:00Z, or leave it empty for now.");
            return now;
        }
    }

    /** Notes of each new prefix which other's it lies in: allowed, and the inner one counts. */
    private void nested(Map<Prefix, Integer> lines) {
        lines.forEach((prefix, line) -> {
            for (int length = prefix.length() - 1; length >= 0; length--) {
                Prefix outer = new Prefix(prefix.network(), length);
                String other = prefixes.get(outer);
                String own = prefixes.get(prefix);
                if (other != null && !other.equals(own)) {
                    notes.add(new RowNote(
                            line,
                            "prefixes",
                            prefix + " of '" + own + "' lies in " + outer + " of '" + other + "': it counts for '" + own
                                    + "'.",
                            null));
                    return;
                }
            }
        });
    }

    private void error(Draft draft, String column, String reason, String remedy) {
        errors.add(new RowNote(draft.line(), column, reason, remedy));
    }

    /** A text of a stranger, short and harmless. */
    static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return plain.length() > 60 ? plain.substring(0, 60) + "…" : plain;
    }
}

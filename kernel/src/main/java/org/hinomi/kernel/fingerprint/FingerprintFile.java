package org.hinomi.kernel.fingerprint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hinomi.kernel.fingerprint.Fingerprint.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a catalogue: stanzas of {@code key: value} lines, apart by empty lines; {@code #} begins a comment
 * line; a line that begins with a space continues the one before.
 */
final class FingerprintFile {
    private static final Set<String> KEYS =
            Set.of("name", "label", "packet", "source", "generation", "reference", "chance", "needs", "experimental");
    private static final int LONGEST_NAME = 24;

    private FingerprintFile() {}

    record Entry(Fingerprint fingerprint, Expression expression) {}

    static List<Entry> parse(String text) {
        List<Entry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, String> stanza = new LinkedHashMap<>();
        String lastKey = null;
        int number = 0;
        int stanzaLine = 0;
        for (String line : (text + "\n").split("\r?\n", -1)) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            if (line.isBlank()) {
                if (!stanza.isEmpty()) {
                    entries.add(entry(stanza, stanzaLine, names));
                }
                stanza = new LinkedHashMap<>();
                lastKey = null;
            } else if (line.startsWith(" ")) {
                continueLine(stanza, lastKey, line, number);
            } else {
                stanzaLine = stanza.isEmpty() ? number : stanzaLine;
                lastKey = addLine(stanza, line, number);
            }
        }
        return entries;
    }

    private static void continueLine(Map<String, String> stanza, @Nullable String key, String line, int number) {
        if (key == null) {
            throw new RuleException("line " + number + ": a continued line without one before it");
        }
        stanza.merge(key, line.strip(), (before, more) -> before + " " + more);
    }

    private static String addLine(Map<String, String> stanza, String line, int number) {
        int colon = line.indexOf(':');
        String key = colon < 0 ? line : line.substring(0, colon);
        if (colon < 0 || !KEYS.contains(key)) {
            throw new RuleException("line " + number + ": '" + key + "' is none of "
                    + String.join(", ", KEYS.stream().sorted().toList()));
        }
        if (stanza.put(key, line.substring(colon + 1).strip()) != null) {
            throw new RuleException("line " + number + ": '" + key + "' is given twice");
        }
        return key;
    }

    private static Entry entry(Map<String, String> stanza, int line, Set<String> names) {
        try {
            String name = required(stanza, "name");
            if (!name.matches("[a-z][a-z0-9_]*") || name.length() > LONGEST_NAME || !names.add(name)) {
                throw new RuleException("'" + name + "' must be a new name of lower-case letters, digits and '_'");
            }
            boolean packet = stanza.containsKey("packet");
            if (packet == stanza.containsKey("source")) {
                throw new RuleException("'" + name + "' needs one of 'packet' and 'source'");
            }
            String rule = required(stanza, packet ? "packet" : "source");
            double chance = number(stanza, "chance");
            Fingerprint fingerprint = new Fingerprint(
                    name,
                    required(stanza, "label"),
                    packet ? Scope.PACKET : Scope.SOURCE,
                    rule,
                    required(stanza, "generation"),
                    required(stanza, "reference"),
                    chance,
                    (int) number(stanza, "needs"),
                    "yes".equals(stanza.get("experimental")));
            return new Entry(fingerprint, ExpressionParser.parse(rule));
        } catch (RuleException e) {
            throw new RuleException("the rule at line " + line + ": " + e.getMessage());
        }
    }

    private static String required(Map<String, String> stanza, String key) {
        String value = stanza.getOrDefault(key, "");
        if (value.isEmpty()) {
            throw new RuleException("'" + key + "' is missing");
        }
        return value;
    }

    private static double number(Map<String, String> stanza, String key) {
        String text = required(stanza, key);
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value <= 1_000_000) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new RuleException("'" + key + "' must be a number, not '" + text + "'");
        }
        throw new RuleException("'" + key + "' is out of range: " + text);
    }
}

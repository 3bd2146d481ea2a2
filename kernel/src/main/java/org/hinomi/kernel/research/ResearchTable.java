package org.hinomi.kernel.research;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixTable;
import org.jspecify.annotations.Nullable;

/**
 * The researchers of a list, by address. The most specific prefix decides, and a reverse name that ends in a known one
 * is as specific as its address; where both say something of an address alone, the prefix does. Immutable.
 */
public final class ResearchTable implements Researchers {
    /** The most characters of a reverse name. */
    public static final int LONGEST_NAME = 200;

    /** Knows none. */
    public static final ResearchTable EMPTY = new ResearchTable(List.of(), Map.of());

    private final PrefixTable<ResearchMatch> matches;
    private final int named;

    /**
     * Who is known by what.
     *
     * @param prefixes blocks that it scans from
     * @param reverseNames domain names in lower case; its sources have these names or names under them
     */
    public record Entry(Researcher researcher, List<Prefix> prefixes, List<String> reverseNames) {
        /** Keeps copies. */
        public Entry {
            prefixes = List.copyOf(prefixes);
            reverseNames = List.copyOf(reverseNames);
        }
    }

    /**
     * A table.
     *
     * @param names reverse names by address, as far as known
     */
    public ResearchTable(List<Entry> entries, Map<IpAddress, String> names) {
        Map<String, Researcher> byName = new HashMap<>();
        entries.forEach(entry -> entry.reverseNames.forEach(name -> byName.put(name, entry.researcher)));
        List<PrefixTable.Block<ResearchMatch>> blocks = new ArrayList<>();
        names.forEach((address, name) -> {
            Researcher of = ofName(byName, name.toLowerCase(Locale.ROOT));
            if (of != null) {
                blocks.add(new PrefixTable.Block<>(
                        new Prefix(address, address.bits()), new ResearchMatch(of, "name " + name)));
            }
        });
        this.named = blocks.size();
        for (Entry entry : entries) {
            entry.prefixes.forEach(prefix -> blocks.add(
                    new PrefixTable.Block<>(prefix, new ResearchMatch(entry.researcher, "prefix " + prefix))));
        }
        this.matches = new PrefixTable<>(blocks);
    }

    /** Whole labels only: {@code evilsurvey.example} is not under {@code survey.example}. */
    private static @Nullable Researcher ofName(Map<String, Researcher> byName, String name) {
        for (String rest = name; ; rest = rest.substring(rest.indexOf('.') + 1)) {
            Researcher found = byName.get(rest);
            if (found != null || rest.indexOf('.') < 0) {
                return found;
            }
        }
    }

    @Override
    public @Nullable ResearchMatch at(long hi, long lo) {
        return matches.at(hi, lo);
    }

    /** How many addresses are known by their reverse names. */
    public int named() {
        return named;
    }
}

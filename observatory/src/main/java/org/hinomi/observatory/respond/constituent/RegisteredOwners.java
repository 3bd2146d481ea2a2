package org.hinomi.observatory.respond.constituent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.address.OwnerTable;
import org.hinomi.kernel.address.Owners;
import org.hinomi.observatory.respond.constituent.OrganisationStore.Version;
import org.jspecify.annotations.Nullable;

/**
 * Whose an address was at any minute, by all versions of all organisations. A table is made for the time between two
 * changes when it is first asked for; the few that are in use are kept.
 */
final class RegisteredOwners implements Owners {
    private static final int KEPT = 8;

    private final Origin origin;
    private volatile History history;

    RegisteredOwners(Origin origin) {
        this.origin = origin;
        this.history = new History(List.of(), origin);
    }

    /** Takes up other versions, in order of time: from now on they are what is known. */
    void replace(List<Version> versions) {
        history = new History(versions, origin);
    }

    @Override
    public @Nullable Owner at(long hi, long lo, long minute) {
        return history.table(minute).at(hi, lo);
    }

    /** A table and the seconds it is for. */
    private record Span(long from, long until, OwnerTable table) {}

    private static final class History {
        private final List<Version> versions;
        private final Origin origin;
        private final long[] changes;
        private volatile Span[] known = {};

        History(List<Version> versions, Origin origin) {
            this.versions = versions;
            this.origin = origin;
            this.changes = versions.stream()
                    .mapToLong(version -> version.organisation().validFrom().getEpochSecond())
                    .distinct()
                    .toArray();
        }

        OwnerTable table(long minute) {
            for (Span span : known) {
                if (minute >= span.from && minute < span.until) {
                    return span.table;
                }
            }
            return made(minute);
        }

        private synchronized OwnerTable made(long minute) {
            int found = java.util.Arrays.binarySearch(changes, minute);
            int at = found >= 0 ? found : -found - 2;
            long from = at < 0 ? Long.MIN_VALUE : changes[at];
            long until = at + 1 < changes.length ? changes[at + 1] : Long.MAX_VALUE;
            OwnerTable table = at < 0 ? OwnerTable.EMPTY : build(from);
            List<Span> spans = new ArrayList<>(List.of(known));
            spans.addFirst(new Span(from, until, table));
            known = spans.stream().limit(KEPT).toArray(Span[]::new);
            return table;
        }

        private OwnerTable build(long from) {
            Map<String, Version> then = new TreeMap<>();
            for (Version version : versions) {
                if (version.organisation().validFrom().getEpochSecond() <= from) {
                    then.put(version.organisation().id(), version);
                }
            }
            List<OwnerTable.Block> blocks = new ArrayList<>();
            Map<Long, Owner> systems = new HashMap<>();
            for (Version version : then.values()) {
                if (version.removed()) {
                    continue;
                }
                Organisation of = version.organisation();
                Owner owner = new Owner(of.id(), of.name());
                of.prefixes().forEach(prefix -> blocks.add(new OwnerTable.Block(prefix, owner)));
                of.asNumbers().forEach(number -> systems.put(number, owner));
            }
            return new OwnerTable(blocks, systems, origin);
        }
    }
}

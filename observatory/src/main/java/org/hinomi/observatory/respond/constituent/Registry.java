package org.hinomi.observatory.respond.constituent;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owners;
import org.hinomi.observatory.respond.constituent.OrganisationCheck.Outcome;
import org.hinomi.observatory.respond.constituent.OrganisationFile.Parsed;
import org.hinomi.observatory.respond.constituent.OrganisationStore.Version;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The organisations whose networks are watched for. A change is on disk when it returns, and counts for detectors at
 * once, without a restart. Safe for several threads.
 */
public final class Registry {
    /** The most bytes of a file. */
    public static final int MOST_BYTES = OrganisationFile.MOST_BYTES;

    /** The most organisations. */
    static final int MOST = 10_000;

    /** The most prefixes of all together. */
    static final int MOST_PREFIXES = 100_000;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final RegisteredOwners owners;
    private volatile Map<String, Organisation> current = Map.of();

    /** A registry in the control database. */
    public Registry(Jdbi jdbi, Origin origin, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.owners = new RegisteredOwners(origin);
        load();
    }

    private void load() {
        List<Version> versions = jdbi.withHandle(OrganisationStore::all);
        Map<String, Organisation> newest = new TreeMap<>();
        for (Version version : versions) {
            if (version.removed()) {
                newest.remove(version.organisation().id());
            } else {
                newest.put(version.organisation().id(), version.organisation());
            }
        }
        owners.replace(versions);
        current = newest;
    }

    /** Whose addresses are, at any minute: follows changes. */
    public Owners owners() {
        return owners;
    }

    /** Those that are registered now, by id. */
    List<Organisation> all() {
        return List.copyOf(current.values());
    }

    /** One of them. */
    Optional<Organisation> find(String id) {
        return Optional.ofNullable(current.get(id));
    }

    /**
     * What is wrong with a file by itself, row by row.
     *
     * @param json whether it is JSON, else CSV
     */
    public static List<RowNote> check(byte[] file, boolean json, InstantSource clock) {
        Parsed parsed = json ? OrganisationFile.json(file) : OrganisationFile.csv(file);
        return OrganisationCheck.of(parsed.drafts(), parsed.errors(), List.of(), clock.instant())
                .errors();
    }

    /** Stores what a file says, whole or not at all; returns what is wrong with it, row by row. */
    public List<RowNote> take(byte[] file, boolean json, String by) {
        Parsed parsed = json ? OrganisationFile.json(file) : OrganisationFile.csv(file);
        return store(parsed, by, (handle, changed) -> {}).errors();
    }

    /** Checks rows against what is registered, and stores nothing. */
    synchronized Outcome check(Parsed parsed) {
        Outcome outcome = OrganisationCheck.of(parsed.drafts(), parsed.errors(), all(), clock.instant());
        Map<String, Organisation> then = new TreeMap<>(current);
        outcome.organisations().forEach(each -> then.put(each.id(), each));
        long prefixes =
                then.values().stream().mapToLong(each -> each.prefixes().size()).sum();
        if (outcome.errors().isEmpty() && (then.size() > MOST || prefixes > MOST_PREFIXES)) {
            String reason = "There would be " + then.size() + " organisations with " + prefixes + " prefixes.";
            String remedy = "Keep it to " + MOST + " and " + MOST_PREFIXES + ": remove some first.";
            return new Outcome(List.of(), List.of(new RowNote(1, null, reason, remedy)), List.of());
        }
        return outcome;
    }

    /**
     * Stores rows if all of them are good.
     *
     * @param by who wants it
     * @param noted writes what is to be kept together with the change; is given how many are new or different
     */
    synchronized Outcome store(Parsed parsed, String by, Noted noted) {
        Outcome outcome = check(parsed);
        if (outcome.errors().isEmpty()) {
            List<Organisation> changed = outcome.organisations().stream()
                    .filter(each ->
                            find(each.id()).filter(old -> isOld(each, old)).isEmpty())
                    .toList();
            Instant now = clock.instant();
            jdbi.useTransaction(handle -> {
                changed.forEach(each -> OrganisationStore.add(handle, new Version(each, false), now, by));
                noted.write(handle, changed.size());
            });
            load();
        }
        return outcome;
    }

    /** Whether nothing is to be changed: the same content, not said to count from earlier on. */
    private static boolean isOld(Organisation wanted, Organisation old) {
        return wanted.sameAs(old) && !wanted.validFrom().isBefore(old.validFrom());
    }

    /** Writes with a change, in its transaction. */
    @FunctionalInterface
    interface Noted {
        void write(Handle handle, int changed);
    }

    /** Removes an organisation from now on; false when there is none. */
    synchronized boolean remove(String id, String by, Consumer<Handle> noted) {
        Organisation old = current.get(id);
        if (old == null) {
            return false;
        }
        Instant now = clock.instant();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        Organisation gone = new Organisation(id, old.name(), List.of(), List.of(), minute);
        jdbi.useTransaction(handle -> {
            OrganisationStore.add(handle, new Version(gone, true), now, by);
            noted.accept(handle);
        });
        load();
        return true;
    }
}

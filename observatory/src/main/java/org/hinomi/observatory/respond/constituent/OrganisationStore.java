package org.hinomi.observatory.respond.constituent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hinomi.kernel.address.Prefix;
import org.jdbi.v3.core.Handle;

/** Organisations in the control database: each change is a row, so that what was registered at a time stays known. */
final class OrganisationStore {
    private static final long MICROS = 1_000_000;
    private static final int MOST_VERSIONS = 100;

    private OrganisationStore() {}

    /** An organisation as it is, or was, from a time on; removed when it is none any more. */
    record Version(Organisation organisation, boolean removed) {}

    private record Row(
            String organisation, long validFromUs, boolean removed, String name, String prefixes, String asNumbers) {
        Version version() {
            return new Version(
                    new Organisation(
                            organisation,
                            name,
                            words(prefixes).stream().map(Prefix::parse).toList(),
                            words(asNumbers).stream().map(Long::valueOf).toList(),
                            Instant.ofEpochSecond(validFromUs / MICROS)),
                    removed);
        }

        private static List<String> words(String text) {
            return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
        }
    }

    /** All versions, by time. */
    static List<Version> all(Handle handle) {
        return handle
                .createQuery("SELECT organisation, valid_from_us, removed, name, prefixes, as_numbers"
                        + " FROM organisation_version ORDER BY valid_from_us, organisation")
                .mapTo(Row.class)
                .list()
                .stream()
                .map(Row::version)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Adds a version. It takes the place of those of its organisation that begin with it or later. */
    static void add(Handle handle, Version version, Instant changed, String by) {
        Organisation of = version.organisation();
        long from = of.validFrom().getEpochSecond() * MICROS;
        handle.createUpdate("DELETE FROM organisation_version WHERE organisation = :id AND valid_from_us >= :from")
                .bind("id", of.id())
                .bind("from", from)
                .execute();
        handle.createUpdate("""
                        INSERT INTO organisation_version (organisation, valid_from_us, removed, name, prefixes,
                          as_numbers, changed_us, changed_by)
                        VALUES (:id, :from, :removed, :name, :prefixes, :systems, :changed, :by)
                        """)
                .bind("id", of.id())
                .bind("from", from)
                .bind("removed", version.removed())
                .bind("name", of.name())
                .bind("prefixes", of.prefixes().stream().map(Prefix::toString).collect(Collectors.joining(" ")))
                .bind("systems", of.asNumbers().stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .bind("changed", changed.getEpochSecond() * MICROS)
                .bind("by", by)
                .execute();
        handle.createUpdate("""
                        DELETE FROM organisation_version WHERE organisation = :id AND valid_from_us < (
                          SELECT valid_from_us FROM organisation_version WHERE organisation = :id
                          ORDER BY valid_from_us DESC LIMIT 1 OFFSET :most)
                        """).bind("id", of.id()).bind("most", MOST_VERSIONS).execute();
    }
}

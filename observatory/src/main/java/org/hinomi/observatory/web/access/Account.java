package org.hinomi.observatory.web.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Role;
import org.jspecify.annotations.Nullable;

/**
 * A person who may sign in.
 *
 * @param nameKey the name in lower case: names that differ in nothing else are one
 * @param password as {@link Passwords} keeps it
 */
record Account(
        String id,
        String name,
        String nameKey,
        String password,
        String role,
        long createdUs,
        @Nullable Long lastSeenUs,
        boolean disabled) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M} ._@-]{0,63}");

    /** The columns of the constructor's names. */
    static final String COLUMNS =
            "a.id, a.name, a.name_key, a.password, a.role, a.created_us, a.last_seen_us, a.disabled";

    static Account of(String name, String password, Role role, Instant now) {
        return new Account(Secrets.id(), name, key(name), password, role.id(), EpochMicros.of(now), null, false);
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** A name as given, or a refusal that says what a name is. */
    static String checkName(@Nullable String name) {
        String stripped = name == null ? "" : name.strip();
        if (!NAME.matcher(stripped).matches()) {
            throw Problem.badRequest(
                            "A name has from 1 to 64 letters, digits, spaces or . _ @ -, and begins with a letter or digit.")
                    .named("name-form");
        }
        return stripped;
    }

    /** The account's role as roles are. */
    Role rank() {
        return Role.of(role).orElse(Role.PUBLIC);
    }

    Instant created() {
        return EpochMicros.time(createdUs);
    }

    Optional<Instant> lastSeen() {
        return Optional.ofNullable(lastSeenUs).map(EpochMicros::time);
    }
}

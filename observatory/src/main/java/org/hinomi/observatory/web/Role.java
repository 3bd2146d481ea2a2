package org.hinomi.observatory.web;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do, each role including those before it. */
public enum Role {
    /** Everybody who reaches the server. */
    PUBLIC,
    /** A sensor apart from the tower: delivers what it observed, and reads nothing. */
    SENSOR,
    /** Reads the map and the statistics; dark addresses are redacted. */
    VIEWER,
    /** Reads single packets too, and exports. */
    ANALYST,
    /** Sees dark addresses clear, and manages people. */
    ADMINISTRATOR;

    /** Whether a person of this role may do what needs {@code needed}. */
    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The lower of two roles. */
    public Role atMost(Role other) {
        return includes(other) ? other : this;
    }

    /** The role as JSON and the database spell it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role a text names; a role that people can have, so neither {@link #PUBLIC} nor {@link #SENSOR}. */
    public static Optional<Role> of(String id) {
        return Arrays.stream(values())
                .filter(role -> role.includes(VIEWER) && role.id().equals(id))
                .findFirst();
    }
}

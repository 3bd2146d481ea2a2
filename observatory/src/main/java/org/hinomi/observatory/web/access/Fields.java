package org.hinomi.observatory.web.access;

import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Role;
import org.jspecify.annotations.Nullable;

/** Checks of what a body's records hold. */
final class Fields {
    private Fields() {}

    static String needed(@Nullable String value, String name) {
        if (value == null || value.isEmpty()) {
            throw Problem.badRequest("The body lacks \"" + name + "\".");
        }
        return value;
    }

    static Role role(@Nullable String value) {
        return Role.of(needed(value, "role"))
                .orElseThrow(() -> Problem.badRequest("A role is viewer, analyst or administrator."));
    }
}

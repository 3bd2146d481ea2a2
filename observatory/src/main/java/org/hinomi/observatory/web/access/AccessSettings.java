package org.hinomi.observatory.web.access;

import java.util.function.BooleanSupplier;

/**
 * How people get in.
 *
 * @param passwordRounds rounds of PBKDF2; fewer than {@link #ROUNDS} for tests only
 * @param secureCookies whether cookies travel by TLS only
 * @param demo whether what is shown is demonstration data
 * @param open whether visitors may read without signing in
 */
public record AccessSettings(int passwordRounds, boolean secureCookies, BooleanSupplier demo, BooleanSupplier open) {
    /** Rounds of PBKDF2 as OWASP's password storage cheat sheet asks for. */
    public static final int ROUNDS = 600_000;
}

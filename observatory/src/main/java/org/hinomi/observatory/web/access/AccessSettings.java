package org.hinomi.observatory.web.access;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * How people get in.
 *
 * @param passwordRounds rounds of PBKDF2; fewer than {@link #ROUNDS} for tests only
 * @param secureCookies whether cookies travel by TLS only
 * @param demo whether what is shown is demonstration data
 * @param open whether visitors may read without signing in
 * @param sensorOf the sensor that a client certificate stands for
 */
public record AccessSettings(
        int passwordRounds,
        boolean secureCookies,
        BooleanSupplier demo,
        BooleanSupplier open,
        Function<X509Certificate, Optional<String>> sensorOf) {
    /** Rounds of PBKDF2 as OWASP's password storage cheat sheet asks for; the property is for tests, where sign-ins abound. */
    public static final int ROUNDS = Integer.getInteger("hinomi.test.password-rounds", 600_000);

    /** Without sensors that show certificates. */
    public AccessSettings(int passwordRounds, boolean secureCookies, BooleanSupplier demo, BooleanSupplier open) {
        this(passwordRounds, secureCookies, demo, open, certificate -> Optional.empty());
    }
}

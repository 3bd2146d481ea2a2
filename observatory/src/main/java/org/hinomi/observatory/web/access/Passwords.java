package org.hinomi.observatory.web.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.hinomi.observatory.web.Problem;

/** Hashes and checks passwords: PBKDF2 (RFC 8018) with HMAC-SHA-256. Few at a time, for each takes a processor. */
final class Passwords {
    static final int SHORTEST = 12;
    static final int LONGEST = 200;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int LONGEST_WAIT_SECONDS = 10;
    private static final String SCHEME = "pbkdf2-sha256";

    private final int rounds;
    private final String nobody;
    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    Passwords(int rounds) {
        this.rounds = rounds;
        this.nobody = kept(rounds, Secrets.bytes(SALT_BYTES), Secrets.bytes(HASH_BITS / Byte.SIZE));
    }

    /** Refuses what is too short to be a password. */
    static void check(String password) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw Problem.badRequest(
                            "A password has from " + SHORTEST + " to " + LONGEST + " characters; a few words are good.")
                    .named("password-length");
        }
    }

    /** What to keep of a password: the scheme, its rounds, a fresh salt and the hash. */
    String hash(String password) {
        byte[] salt = Secrets.bytes(SALT_BYTES);
        return kept(rounds, salt, derive(password, salt, rounds));
    }

    private static String kept(int rounds, byte[] salt, byte[] hash) {
        Base64.Encoder text = Base64.getEncoder().withoutPadding();
        return String.join("$", SCHEME, Integer.toString(rounds), text.encodeToString(salt), text.encodeToString(hash));
    }

    /** Whether a password is the one kept; takes as long when there is none to compare with. */
    boolean matches(String password, Optional<String> kept) {
        String[] parts = kept.orElse(nobody).split("\\$", 4);
        Base64.Decoder bytes = Base64.getDecoder();
        byte[] given = derive(
                password.length() > LONGEST * 2 ? "" : password, bytes.decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(given, bytes.decode(parts[3])) && kept.isPresent();
    }

    private byte[] derive(String password, byte[] salt, int times) {
        try {
            if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.unavailable("Too many people sign in at once; try again in a moment.")
                        .named("busy");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The server is stopping.").named("stopping");
        }
        char[] normal = Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
        PBEKeySpec spec = new PBEKeySpec(normal, salt, times, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
            turns.release();
        }
    }
}

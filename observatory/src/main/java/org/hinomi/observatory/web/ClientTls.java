package org.hinomi.observatory.web;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The TLS of a client that shows a certificate, or believes other authorities than Java does. */
public final class ClientTls {
    private ClientTls() {}

    /**
     * A client's context.
     *
     * @param ca PEM file with the authorities to believe in place of Java's own
     * @param certificate PEM file with the certificate to show, and its chain; together with {@code key}, or neither
     * @param key PEM file with its private key (PKCS #8)
     * @throws ListenException with a sentence when a file can't be used
     */
    public static SSLContext context(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key)
            throws ListenException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    certificate.isPresent() && key.isPresent()
                            ? Pem.keys(certificate.get(), key.get()).getKeyManagers()
                            : null,
                    ca.isPresent() ? Pem.trusting(ca.get()).getTrustManagers() : null,
                    null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ListenException(
                    "The certificates can't be used: " + Pem.reason(e)
                            + ". Give PEM certificates, and an unencrypted PKCS #8 key.",
                    e);
        }
    }
}

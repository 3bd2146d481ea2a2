package org.hinomi.observatory.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate chain and its key in PEM (RFC 7468), as the context of TLS. */
final class Pem {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private Pem() {}

    /** A server's context, which believes client certificates of some authorities if they are given. */
    static SSLContext context(Path certificate, Path key, Optional<Path> clientCa) throws ListenException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys(certificate, key).getKeyManagers(),
                    clientCa.isPresent() ? trusting(clientCa.get()).getTrustManagers() : null,
                    null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ListenException(
                    "TLS cannot start with " + certificate + " and " + key + ": " + reason(e)
                            + ". Give a PEM certificate (with its chain) and its unencrypted PKCS #8 key.",
                    e);
        }
    }

    /** The certificate and key that one shows. */
    static KeyManagerFactory keys(Path certificate, Path key) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] none = new char[0];
        PrivateKey secret = key(key);
        Certificate[] chain = chain(certificate);
        if (!belong(secret, chain[0].getPublicKey())) {
            throw new IOException("the key is not the certificate's");
        }
        store.setKeyEntry("hinomi", secret, none, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, none);
        return keys;
    }

    /** Belief in the authorities of a file, and in no others. */
    static TrustManagerFactory trusting(Path authorities) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] all = chain(authorities);
        for (int i = 0; i < all.length; i++) {
            store.setCertificateEntry("authority " + i, all[i]);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    static String reason(Exception failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied -> "no permission to read " + denied.getFile();
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** Whether what the secret key signs is what the public key verifies. */
    private static boolean belong(PrivateKey secret, PublicKey known) throws GeneralSecurityException {
        if (!secret.getAlgorithm().equals(known.getAlgorithm())) {
            return false;
        }
        String algorithm = secret.getAlgorithm();
        Signature signature = Signature.getInstance(
                algorithm.equals("EdDSA") ? algorithm : "SHA256with" + (algorithm.equals("EC") ? "ECDSA" : algorithm));
        byte[] text = {'h', 'i', 'n', 'o', 'm', 'i'};
        signature.initSign(secret);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(known);
        signature.update(text);
        return signature.verify(signed);
    }

    private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        byte[] bytes = Files.readAllBytes(file);
        Certificate[] chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(bytes))
                .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new IOException(file + " holds no certificate");
        }
        return chain;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(file + " does not hold \"" + BEGIN + "\"");
        }
        byte[] encoded = decoded(text.substring(begin + BEGIN.length(), end), file);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // Not a key of this algorithm: the next one may read it.
            }
        }
        throw new IOException(file + " holds a key that is neither EC, RSA nor EdDSA");
    }

    private static byte[] decoded(String base64, Path file) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " holds a key that is not Base64", e);
        }
    }
}

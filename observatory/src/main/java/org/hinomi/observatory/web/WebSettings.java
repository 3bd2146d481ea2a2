package org.hinomi.observatory.web;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the server listens.
 *
 * @param host the address to bind, such as {@code 127.0.0.1}
 * @param port 0 for any free one
 * @param publicUrl how people reach it when a proxy stands before it; an {@code https} one makes cookies Secure, and
 *     a proxy on this machine is then believed about the reader's address
 * @param hostNames names beside the loopback ones that may stand in a request's Host header
 * @param tlsCertificate PEM file with the certificate and its chain; together with {@code tlsKey}, or neither
 * @param tlsKey PEM file with the private key (PKCS #8)
 * @param publicMetrics whether {@code /metrics} answers everybody
 * @param tlsClientCa PEM file with the authorities whose client certificates are believed; without it none is asked for
 */
public record WebSettings(
        String host,
        int port,
        Optional<URI> publicUrl,
        List<String> hostNames,
        Optional<Path> tlsCertificate,
        Optional<Path> tlsKey,
        boolean publicMetrics,
        Optional<Path> tlsClientCa) {
    /** Without client certificates. */
    public WebSettings(
            String host,
            int port,
            Optional<URI> publicUrl,
            List<String> hostNames,
            Optional<Path> tlsCertificate,
            Optional<Path> tlsKey,
            boolean publicMetrics) {
        this(host, port, publicUrl, hostNames, tlsCertificate, tlsKey, publicMetrics, Optional.empty());
    }

    public WebSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is a number from 0 to 65535, not " + port);
        }
        if (tlsCertificate.isPresent() != tlsKey.isPresent()) {
            throw new IllegalArgumentException("TLS needs both a certificate and a key");
        }
        hostNames = List.copyOf(hostNames);
    }

    /** Loopback without TLS. */
    public static WebSettings loopback(int port) {
        return new WebSettings(
                "127.0.0.1", port, Optional.empty(), List.of(), Optional.empty(), Optional.empty(), false);
    }

    /** Whether readers reach the server by TLS, so that cookies are for TLS only. */
    public boolean secure() {
        return tlsCertificate.isPresent()
                || publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent();
    }
}

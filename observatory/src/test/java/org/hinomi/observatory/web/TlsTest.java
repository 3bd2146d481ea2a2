package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    Path directory;

    private KeyStore makeCertificate(String algorithm) throws Exception {
        Path store = directory.resolve("store.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        return keys;
    }

    private Path pem(String name, String kind, byte[] der) throws Exception {
        String text = "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END "
                + kind + "-----\n";
        return Files.writeString(directory.resolve(name), text);
    }

    private static WebSettings settings(Path certificate, Path key) {
        return new WebSettings(
                "127.0.0.1", 0, Optional.empty(), List.of(), Optional.of(certificate), Optional.of(key), false);
    }

    @Test
    void aCertificateAndItsKeyServeHttps() throws Exception {
        for (String algorithm : List.of("EC", "RSA")) {
            Files.deleteIfExists(directory.resolve("store.p12"));
            KeyStore keys = makeCertificate(algorithm);
            Key key = keys.getKey("it", "changeit".toCharArray());
            Path certificate =
                    pem("cert.pem", "CERTIFICATE", keys.getCertificate("it").getEncoded());
            WebSettings settings = settings(certificate, pem("key.pem", "PRIVATE KEY", key.getEncoded()));
            assertThat(settings.secure()).isTrue();
            try (WebServer server = WebServer.start(
                            settings,
                            List.of(Route.get("/x", Role.PUBLIC, request -> Response.ok("safe"))),
                            credentials -> Caller.visitor(Role.PUBLIC, credentials.address()),
                            (method, route, status, took) -> {});
                    HttpClient client =
                            HttpClient.newBuilder().sslContext(trusting(keys)).build()) {
                assertThat(server.address()).hasScheme("https");
                var request = java.net.http.HttpRequest.newBuilder(
                                URI.create("https://localhost:" + server.port() + "/x"))
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("\"safe\"");
            }
        }
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("it", keys.getCertificate("it"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    @Test
    void unusableFilesSayWhatIsNeeded() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        assertThatThrownBy(() -> WebServer.start(
                        settings(empty, directory.resolve("nothing.pem")),
                        List.of(),
                        credentials -> Caller.visitor(Role.PUBLIC, ""),
                        (method, route, status, took) -> {}))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("PEM certificate");
    }
}

package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An authority, and certificates that it signed, as PEM files: {@code NAME.pem} and {@code NAME.key}. */
final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    /** Makes the authority: {@code ca.pem}. */
    Certificates(Path folder) throws Exception {
        this.folder = folder;
        keytool("ca", "-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=ca", "-ext", "bc:c");
        write("ca", "ca");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Makes a certificate that the authority signs. */
    void signed(String name, String commonName, String alternative) throws Exception {
        keytool(name, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + commonName);
        Path request = file(name + ".csr");
        Path answer = file(name + ".crt");
        keytool(name, "-certreq", "-alias", name, "-file", request.toString());
        keytool(
                "ca",
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                answer.toString(),
                "-ext",
                "SAN=" + alternative);
        keytool(
                name,
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-file",
                file("ca.pem").toString());
        keytool(name, "-importcert", "-noprompt", "-alias", name, "-file", answer.toString());
        write(name, name);
    }

    /** Makes a certificate that nobody signed but itself. */
    void alone(String name, String commonName) throws Exception {
        keytool(name, "-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + commonName);
        write(name, name);
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of(
                "-storepass", PASSWORD, "-keystore", file(store + ".p12").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private void write(String name, String alias) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name + ".p12"))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        pem(name + ".pem", "CERTIFICATE", keys.getCertificate(alias).getEncoded());
        pem(
                name + ".key",
                "PRIVATE KEY",
                keys.getKey(alias, PASSWORD.toCharArray()).getEncoded());
    }

    private void pem(String name, String kind, byte[] der) throws IOException {
        Files.writeString(
                file(name),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                        + "-----\n");
    }
}

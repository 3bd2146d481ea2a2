package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sensor that shows a certificate in place of a key, over TLS. */
@Timeout(120)
class RemoteCertificateTest {
    private static final long PACKETS = 5000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aCertificateOfTheNamedAuthorityDeliversAndNoOtherDoes() throws Exception {
        Certificates certificates = new Certificates(folder);
        certificates.signed("tower", "tower", "ip:127.0.0.1");
        certificates.signed("sensor", "sensor-7", "dns:sensor-7.example.org");
        certificates.signed("stranger", "sensor-8", "dns:sensor-8.example.org");
        certificates.alone("alone", "sensor-7");
        Path config = Files.writeString(folder.resolve("hinomi.yaml"), """
                port: 0
                offline: true
                tls: {certificate: %s, key: %s, client_ca: %s}
                sensors:
                  - {name: osaka, darknet: [198.18.0.0/16], remote: true, certificate_name: sensor-7.example.org}
                """.formatted(
                        certificates.file("tower.pem"), certificates.file("tower.key"), certificates.file("ca.pem")));
        String capture = folder.resolve("a.pcap").toString();
        Commands commands = new Commands();
        assertThat(commands.run("generate", capture, "--packets=" + PACKETS, "--profile=mixed"))
                .isZero();
        Path data = folder.resolve("data");
        try (Program tower = Program.start(folder, "run", "--config=" + config, "--data=" + data)) {
            String url = tower.address().toString();
            String ca = "--ca=" + certificates.file("ca.pem");
            assertThat(run(commands, url, capture, "stranger", ca)).isEqualTo(1);
            assertThat(commands.err())
                    .contains(
                            url + " does not take this sensor's certificate (The certificate stands for no sensor here")
                    .hasLineCount(1);
            assertThat(run(commands, url, capture, "alone", ca)).isEqualTo(1);
            assertThat(commands.err())
                    .contains(url + " does not take this sensor's certificate (Sign in, or")
                    .hasLineCount(1);
            assertThat(run(commands, url, capture, "sensor")).isEqualTo(1);
            assertThat(commands.err())
                    .contains("the certificate of " + url + " is not trusted")
                    .contains("--ca")
                    .hasLineCount(1);
            assertThat(run(commands, url, capture, "sensor", ca))
                    .as(commands.err())
                    .isZero();
            assertThat(commands.out()).contains("All is sent.");
            tower.stop();
        }
        try (StoredData stored = new StoredData(data)) {
            assertThat(stored.packets(60)).isEqualTo(PACKETS);
        }
    }

    private int run(Commands commands, String url, String capture, String who, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "sensor",
                "--to=" + url,
                "--certificate=" + folder.resolve(who + ".pem"),
                "--private-key=" + folder.resolve(who + ".key"),
                "--name=osaka",
                "--darknet=198.18.0.0/16",
                "--files=" + capture,
                "--spool=" + folder.resolve("spool")));
        arguments.addAll(List.of(more));
        return commands.run(arguments.toArray(String[]::new));
    }
}

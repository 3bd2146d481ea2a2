package org.hinomi.observatory.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.alert.AlertRules;
import org.hinomi.kernel.alert.Severity;
import org.hinomi.observatory.capture.ring.RingSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    @TempDir
    Path folder;

    private RunSettings read(String yaml) throws IOException {
        Path file = folder.resolve("hinomi.yaml");
        Files.writeString(file, yaml);
        return ConfigFile.read(file, Path.of("data"));
    }

    @Test
    void aRecordingPlaysAsFastAsItWasRecordedUnlessToldOtherwise() throws Exception {
        Path file = Files.writeString(folder.resolve("speeds.yaml"), """
                sensors:
                  - {name: plain, files: [a.pcap]}
                  - {name: fast, files: [a.pcap], speed: 2.5}
                  - {name: fastest, files: [a.pcap], speed: max}
                """);
        assertThat(ConfigFile.read(file, folder).sensors().stream()
                        .map(sensor -> ((SensorSettings.Source.Files) sensor.source()).speed()))
                .containsExactly(1.0, 2.5, Double.POSITIVE_INFINITY);
        Path wrong =
                Files.writeString(folder.resolve("wrong.yaml"), "sensors: [{name: a, files: [a.pcap], speed: fast}]");
        assertThatThrownBy(() -> ConfigFile.read(wrong, folder)).hasMessageContaining("1000000, or max");
    }

    @Test
    void anEmptyFileGivesTheDefaults() throws IOException {
        assertThat(read("")).isEqualTo(ConfigFile.defaults(Path.of("data")));
        assertThat(read("").host()).isEqualTo("127.0.0.1");
        assertThat(read("").sensors()).isEmpty();
    }

    @Test
    void severalSensorsAreReadWithPlaceAndDarkPrefixes() throws IOException {
        RunSettings settings = read("""
                port: 9000
                retention: {days: 30, gigabytes: 5}
                sensors:
                  - name: tokyo
                    place: 東京
                    latitude: 35.7
                    longitude: 139.7
                    interface: eth1
                    promiscuous: true
                    darknet: [198.18.0.0/16, "2001:db8::/48"]
                  - {name: old, files: [a.pcap, b.pcap], speed: 60}
                """);

        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.retentionDays()).isEqualTo(30);
        SensorSettings tokyo = settings.sensors().getFirst();
        assertThat(tokyo.place()).isEqualTo("東京");
        assertThat(tokyo.source()).isEqualTo(new Source.Interfaces(List.of(RingSettings.of("eth1", true, 1))));
        assertThat(tokyo.darknet()).containsExactly(Prefix.parse("198.18.0.0/16"), Prefix.parse("2001:db8::/48"));
        assertThat(settings.sensors().getLast().source()).isEqualTo(new Source.Files(List.of("a.pcap", "b.pcap"), 60));
    }

    @Test
    void rulesForAlertsReplaceThoseOfTheirDetectorOnly() throws IOException {
        AlertSettings alerts = read("""
                alerts:
                  keep: 5000
                  rules:
                    scan: []
                    dos:
                      - {severity: low, when: {attack: [dns, mixed], packets: {at_least: 100, at_most: 200}}}
                """).alerts();

        assertThat(alerts.keep()).isEqualTo(5000);
        assertThat(alerts.rules().judge("scan", Map.of("aggressive", true))).isEmpty();
        assertThat(alerts.rules().judge("dos", Map.of("attack", "dns", "packets", 100)))
                .hasValue(Severity.LOW);
        assertThat(alerts.rules().judge("dos", Map.of("attack", "dns", "packets", 201)))
                .isEmpty();
        assertThat(read("").alerts().rules()).isEqualTo(AlertRules.standard());
    }

    @Test
    void howInterfacesAreCapturedFromIsRead() throws IOException {
        RunSettings settings = read("""
                sensors:
                  - name: two
                    interfaces: [eth1, eth2]
                    cores: 4
                    filter: false
                    hardware_time: true
                    ring_megabytes: 256
                    block_kilobytes: 1024
                    darknet: [198.18.0.0/16]
                  - {name: files, directory: /srv/in, move_taken_to: /srv/done, darknet: [198.18.0.0/16]}
                  - {name: piped, pipe: /run/dark.fifo, darknet: [198.18.0.0/16]}
                """);

        assertThat(settings.sensors().getFirst().source())
                .isEqualTo(new Source.Interfaces(List.of(
                        new RingSettings("eth1", false, false, true, 4, 1 << 20, 256),
                        new RingSettings("eth2", false, false, true, 4, 1 << 20, 256))));
        assertThat(settings.sensors().get(1).source())
                .isEqualTo(new Source.Directory(Path.of("/srv/in"), false, Optional.of(Path.of("/srv/done"))));
        assertThat(settings.sensors().getLast().source()).isEqualTo(new Source.Pipe("/run/dark.fifo"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "prot: 8080 | unknown key 'prot' (value '8080')",
                "port: 70000 | 'port' is '70000'; it takes a whole number from 0 to 65535",
                "port: eighty | 'port' is 'eighty'; it takes a whole number",
                "sensors: [{name: a, interface: eth0, darknet: [300.1.1.0/33]}] | '300.1.1.0/33' is not a prefix",
                "sensors: [{name: a, interface: eth0}] | a live sensor needs its dark addresses",
                "sensors: [{name: a, files: [x], interface: eth0, darknet: [10.0.0.0/8]}] | a sensor takes one of 'interface', 'interfaces', 'directory'",
                "sensors: [{name: a, files: [x], cores: 2}] | 'sensors[0].cores' can't be used: it does not go with 'files'",
                "sensors: [{name: a, interfaces: [x, x], darknet: [10.0.0.0/8]}] | it names each interface once",
                "sensors: [{name: a, interface: x, block_kilobytes: 100, darknet: [10.0.0.0/8]}] | a block must be 64, 128",
                "sensors: [{name: a, interface: x, ring_megabytes: 5000, darknet: [10.0.0.0/8]}] | number from 1 to 4096",
                "sensors: [{name: a, directory: x}] | a live sensor needs its dark addresses",
                "sensors: [{name: a, directory: x, remove_taken: true, move_taken_to: y, darknet: [10.0.0.0/8]}] | or moved",
                "sensors: [{name: a b, files: [x]}] | 'a b' must be 1 to 63 letters",
                "sensors: [{name: a, files: [x]}, {name: a, files: [y]}] | two sensors are called 'a'",
                "sensors: [{name: a, files: [x], latitude: 91}] | 'sensors[0].latitude' is '91'",
                "sensors: eth0 | 'sensors' is 'eth0'; it takes a list",
                "detectors: {scam: {}} | unknown key 'detectors.scam'",
                "detectors: {scan: {quiet: 5}} | unknown key 'detectors.scan.quiet'",
                "detectors: {scan: {quiet_seconds: 5}} | 'detectors.scan.quiet_seconds' is '5'",
                "alerts: {kept: 5} | unknown key 'alerts.kept' (value '5')",
                "alerts: {rules: {scam: []}} | unknown key 'alerts.rules.scam'",
                "alerts: {rules: {scan: [{when: {aggressive: true}}]}} | 'alerts.rules.scan[0].severity' is missing",
                "alerts: {rules: {scan: [{severity: urgent}]}} | 'urgent' is not low, medium or high",
                "alerts: {rules: {scan: [{severity: low, when: {loud: true}}]}} | unknown key 'alerts.rules.scan[0].when.loud'",
                "alerts: {rules: {scan: [{severity: low, when: {aggressive: 1}}]}} | 'alerts.rules.scan[0].when.aggressive' is '1'; it takes true or false",
                "alerts: {rules: {dos: [{severity: low, when: {rate: {over: 5}}}]}} | unknown key 'alerts.rules.dos[0].when.rate.over'",
                "alerts: {rules: {dos: [{severity: low, when: {rate: {}}}]}} | a number takes 'at_least', 'at_most' or both",
                "alerts: {rules: {dos: [{severity: low, when: {attack: 5}}]}} | 'alerts.rules.dos[0].when.attack' is '5'; it takes a list",
                "delivery: {fax: {}} | unknown key 'delivery.fax'",
                "delivery: {mail: {host: a}} | 'delivery.mail.from' is missing",
                "delivery: {mail: {host: a, from: nobody}} | 'nobody' is not an address",
                "delivery: {mail: {host: a, from: a@b, security: some}} | 'some' is not one of none, starttls, tls",
                "delivery: {mail: {host: a, from: a@b, user: x}} | 'user' and 'password_file' go together",
                "delivery: {mail: {host: a, from: a@b, user: x, password_file: y, security: none}} | travel in the clear",
                "delivery: {webhook: {}} | 'delivery.webhook.hosts' is missing",
                "delivery: {webhook: {hosts: ['https://x']}} | 'https://x' is not a host",
                "delivery: {syslog: {port: 5}} | 'delivery.syslog.host' is missing",
                "delivery: {syslog: {host: a, ca: b}} | it goes with 'carrier: tls' only",
                "delivery: {most_per_hour: 0} | 'delivery.most_per_hour' is '0'",
                "tls: {certificate: a.pem} | TLS takes both",
                "just a text | expected keys and values",
                "a: [ | is not YAML",
                "port: 1 # | ",
            })
    void whatCannotBeUsedIsNamedWithFileKeyAndValue(String yaml, String expected) throws IOException {
        if (expected == null) {
            assertThat(read(yaml).port()).isEqualTo(1);
            return;
        }
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hinomi.yaml")
                .hasMessageContaining(expected);
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.yaml"), Path.of("data")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.yaml does not exist");
    }
}

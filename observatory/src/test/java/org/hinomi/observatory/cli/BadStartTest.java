package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts of the tower that can't succeed: one sentence, exit code 1, and the data as it was. */
@Timeout(120)
class BadStartTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Commands commands = new Commands();

    private Path data() {
        return folder.resolve("data");
    }

    private String write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), java.util.List.of(lines)).toString();
    }

    private byte[] noise() {
        byte[] noise = new byte[20_000];
        new Random(7).nextBytes(noise);
        return noise;
    }

    private void fails(String sentence, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "run";
        arguments[1] = "--offline";
        arguments[2] = "--data";
        arguments[3] = data().toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        assertThat(commands.run(arguments)).as(commands.err()).isEqualTo(1);
        assertThat(commands.err())
                .startsWith("hinomi: ")
                .contains(sentence)
                .doesNotContain("\tat ")
                .hasLineCount(1);
        assertThat(commands.out()).isEmpty();
    }

    @Test
    void anInterfaceThatDoesNotExistIsToldBeforeItSaysThatItWatches() {
        fails(
                "there is no network interface 'nosuch0'; 'ip link' lists those there are",
                "--port=0",
                "--interface=nosuch0",
                "--darknet=198.18.0.0/16");
        assertThat(data()).doesNotExist();
    }

    @Test
    void aWrongRowOfOrganisationsIsToldWithItsPlaceAndWhatToDo() throws IOException {
        String rows = write("orgs.csv", "id,name,prefixes,as_numbers,valid_from", "a,A,20.1.0.1/16,,", "b,B,x,,");
        String config = write("orgs.yaml", "organisations: " + rows);
        fails(
                "orgs.csv, line 2, prefixes: '20.1.0.1/16' has bits set behind its length. If the whole block is meant,"
                        + " write 20.1.0.0/16. Errors in all: 2.",
                "--port=0",
                "--config=" + config);
        assertThat(data()).doesNotExist();
        fails("can't be read: ", "--port=0", "--config=" + write("none.yaml", "organisations: " + rows + "x"));
    }

    @Test
    void aPortInUseIsToldAndARecordingOfBeforeIsKept() throws IOException {
        Path segment = data().resolve("segments/recording/0/0-0000.seg");
        Files.createDirectories(segment.getParent());
        Files.writeString(segment, "a minute");
        String capture = folder.resolve("a.pcap").toString();
        assertThat(commands.run("generate", capture, "--packets=10")).isZero();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            fails("Cannot listen on 127.0.0.1 port " + port, "--replay", capture, "--port", port);
        }
        assertThat(segment).hasContent("a minute");
    }

    @Test
    void anUnknownKeyOfTheConfigurationIsToldWithItsPlace() throws IOException {
        String config =
                write("hinomi.yaml", "port: 0", "sensors:", "  - name: a", "    files: [a.pcap]", "    sped: 5");
        fails(config + ": unknown key 'sensors[0].sped' (value '5'); known here: block_kilobytes", "--config", config);
    }

    @Test
    void aConfigurationThatIsNoneIsTold() throws IOException {
        fails(
                "none.yaml does not exist",
                "--config",
                folder.resolve("none.yaml").toString());
        fails(folder + " can't be read: Is a directory", "--config", folder.toString());
        fails("is not YAML", "--config", write("a.yaml", "sensors: ["));
        fails("found 'hello'", "--config", write("b.yaml", "hello"));
        fails("'port' is '70000'; it takes a whole number", "--config", write("c.yaml", "port: 70000"));
        fails("is not an address such as https://", "--config", write("d.yaml", "public_url: tower.example.org"));
        Path binary = Files.write(folder.resolve("e.yaml"), noise());
        fails("e.yaml can't be read: it is not a text file", "--config", binary.toString());
    }

    @Test
    void badTlsFilesAreTold() throws IOException {
        String config = write(
                "t.yaml",
                "port: 0",
                "tls: {certificate: " + folder.resolve("none.pem") + ", key: " + folder.resolve("key.pem") + "}");
        fails("key.pem does not exist", "--config", config);
        write("key.pem", "-----BEGIN PRIVATE KEY-----", "A", "-----END PRIVATE KEY-----");
        fails("key.pem holds a key that is", "--config", config);
        Files.write(folder.resolve("key.pem"), noise());
        fails("key.pem does not hold \"-----BEGIN PRIVATE KEY-----\"", "--config", config);
        fails("TLS takes both 'certificate' and 'key'", "--config", write("half.yaml", "tls: {certificate: a.pem}"));
    }

    @Test
    void aWrongFingerprintFileIsTold() throws IOException {
        String rules = write("rules.txt", "no such rule");
        fails(rules + ": ", "--config", write("f.yaml", "port: 0", "fingerprints: " + rules));
    }

    @Test
    void aDataDirectoryThatIsAFileIsTold() throws IOException {
        Files.createFile(data());
        fails("the data directory " + data() + " can't be written", "--port=0");
    }

    @Test
    void aDataDirectoryOfANewerReleaseIsLeftAlone() throws IOException {
        Files.createDirectory(data());
        Files.writeString(data().resolve("version"), "99\n");
        fails("was written by a newer hinomi (layout 99, this one knows 1)", "--port=0");
        assertThat(data().resolve("version")).hasContent("99\n");
        assertThat(data().resolve("control.sqlite")).doesNotExist();
        Files.writeString(data().resolve("version"), "1 and a half");
        fails("version is damaged", "--port=0");
    }

    @Test
    void aDataDirectoryInUseByAnotherProcessIsTold() throws Exception {
        Files.createDirectory(data());
        try (RandomAccessFile file = new RandomAccessFile(data().resolve("lock").toFile(), "rw");
                FileLock held = file.getChannel().lock()) {
            assertThat(held.isValid()).isTrue();
            fails("is in use by another hinomi; stop that one", "--port=0");
        }
    }

    @Test
    void aDamagedControlDatabaseIsToldAndNotTouched() throws IOException {
        Files.createDirectory(data());
        Path file = Files.write(data().resolve("control.sqlite"), noise());
        fails("control.sqlite cannot be opened as Hinomi's control database", "--port=0");
        assertThat(file).hasBinaryContent(noise());
    }

    @Test
    void aDamagedPseudonymKeyIsTold() throws IOException {
        Files.createDirectory(data());
        Files.writeString(data().resolve("pseudonym.key"), "short");
        fails("pseudonym.key is damaged; restore it from a backup", "--port=0");
    }
}

package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.observatory.capture.ring.NetworkNamespace.FAR;
import static org.hinomi.observatory.capture.ring.NetworkNamespace.NEAR;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.hinomi.observatory.Main;
import org.hinomi.observatory.capture.ring.FrameSender;
import org.hinomi.observatory.capture.ring.NetworkNamespace;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.control.ControlStoreException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tower on an interface, in a network of its own. */
@Tag("root")
@Timeout(300)
class LiveTowerTest {
    private static final long PACKETS = 10_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Program tower(List<String> before, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--offline",
                "--port=0",
                "--data=" + folder.resolve("data"),
                "--darknet=198.18.0.0/16",
                "--interface",
                FAR));
        arguments.addAll(List.of(more));
        return Program.start(folder, before, Main.class, arguments.toArray(String[]::new));
    }

    /** An entry of the ledger. */
    private record Entry(long started, long ended, long packets, String state, String reason) {}

    private List<Entry> entries() throws ControlStoreException {
        try (ControlStore control = ControlStore.open(folder.resolve("data"))) {
            return control.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT started, ended, packets, state, reason FROM observation ORDER BY started")
                            .map((row, context) -> new Entry(
                                    row.getLong(1), row.getLong(2), row.getLong(3), row.getString(4), row.getString(5)))
                            .list());
        }
    }

    private void send(NetworkNamespace network, int seed) throws IOException, InterruptedException {
        try (Program sender =
                Program.start(folder, network.before(), FrameSender.class, NEAR, "" + PACKETS, "" + seed)) {
            assertThat(sender.end()).as(sender.err()).isZero();
        }
    }

    private static void awaitWords(Program tower, String words) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && !tower.err().contains(words); i++) {
            Thread.sleep(100);
        }
        assertThat(tower.err()).contains(words);
    }

    @Test
    void everyPacketIsStoredThoughTheInterfaceGoesDownInBetween() throws Exception {
        try (NetworkNamespace network = NetworkNamespace.make();
                Program tower = tower(network.before())) {
            tower.address();
            send(network, 1);
            network.exec("ip", "link", "set", FAR, "down");
            awaitWords(tower, "interface 'far' went down or away");
            network.exec("ip", "link", "set", FAR, "up");
            awaitWords(tower, "sensor far observes again");
            send(network, 2);
            Thread.sleep(500);
            tower.stop();

            assertThat(tower.err()).doesNotContain("\tat ");
            List<Entry> entries = entries();
            assertThat(entries).hasSize(2);
            assertThat(entries.getFirst().reason()).isEqualTo("interface 'far' went down or away");
            assertThat(entries.getFirst().state()).isEqualTo("failed");
            assertThat(entries.getFirst().ended()).isLessThan(entries.getLast().started());
            assertThat(entries).extracting(Entry::packets).containsExactly(PACKETS, PACKETS);
            try (StoredData stored = new StoredData(folder.resolve("data"))) {
                assertThat(stored.packets(60)).isEqualTo(2 * PACKETS);
                assertThat(stored.packets(3600)).isEqualTo(2 * PACKETS);
            }
        }
    }

    @Test
    void anInterfaceThatGoesAwayAndComesBackIsCapturedFromAgainAndOneWithoutCarrierIsTold()
            throws IOException, InterruptedException {
        try (NetworkNamespace network = NetworkNamespace.make();
                Program tower = tower(network.before())) {
            tower.address();
            network.exec("ip", "link", "delete", FAR);
            awaitWords(tower, "sensor far: ");
            network.exec("ip", "link", "add", NEAR, "type", "veth", "peer", "name", FAR);
            network.exec("ip", "link", "set", FAR, "up");
            awaitWords(tower, "interface 'far' has no carrier: see to its cable and to the other end");
            network.exec("ip", "link", "set", NEAR, "up");
            awaitWords(tower, "sensor far observes again");
            send(network, 1);
            Thread.sleep(500);
            tower.stop();
            try (StoredData stored = new StoredData(folder.resolve("data"))) {
                assertThat(stored.packets(60)).isEqualTo(PACKETS);
            }
        }
    }

    @Test
    void ofTwoInterfacesOneGoesOnWhileTheOtherIsDown() throws IOException, InterruptedException {
        try (NetworkNamespace network = NetworkNamespace.make()) {
            network.exec("ip", "link", "add", "near2", "type", "veth", "peer", "name", "far2");
            network.exec("ip", "link", "set", "near2", "up");
            network.exec("ip", "link", "set", "far2", "up");
            try (Program tower = tower(network.before(), "far2", "--cores=2")) {
                tower.address();
                network.exec("ip", "link", "set", "far2", "down");
                awaitWords(tower, "interface 'far2' went down or away");
                send(network, 1);
                network.exec("ip", "link", "set", "far2", "up");
                awaitWords(tower, "interface 'far2' is captured from again");
                send(network, 2);
                Thread.sleep(500);
                tower.stop();
                assertThat(tower.err()).doesNotContain("\tat ");
            }
            try (StoredData stored = new StoredData(folder.resolve("data"))) {
                assertThat(stored.packets(60)).isEqualTo(2 * PACKETS);
            }
        }
    }

    @Test
    void anOrdinaryUserWithTheOneCapabilityCaptures() throws IOException, InterruptedException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (NetworkNamespace network = NetworkNamespace.make()) {
            List<String> before = new ArrayList<>(network.before());
            // The second capability is for the class path of the test, which lies in root's home.
            before.addAll(List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "--inh-caps=-all,+net_raw,+dac_read_search",
                    "--ambient-caps=-all,+net_raw,+dac_read_search",
                    "--bounding-set=-all,+net_raw,+dac_read_search",
                    "--no-new-privs"));
            try (Program tower = tower(before)) {
                tower.address();
                assertThat(Files.readString(Path.of("/proc", "" + tower.pid(), "status")))
                        .containsPattern("Uid:\\s+65534\\s+65534");
                send(network, 1);
                Thread.sleep(500);
                tower.stop();
                try (StoredData stored = new StoredData(folder.resolve("data"))) {
                    assertThat(stored.packets(60)).isEqualTo(PACKETS);
                }
            }
        }
    }

    @Test
    void anInterfaceThatIsDownIsToldAtTheStart() throws IOException, InterruptedException {
        try (NetworkNamespace network = NetworkNamespace.make()) {
            network.exec("ip", "link", "set", FAR, "down");
            try (Program tower = tower(network.before())) {
                assertThat(tower.end()).isEqualTo(1);
                assertThat(tower.err())
                        .isEqualTo("hinomi: interface 'far' is down; 'ip link set far up' brings it up\n");
            }
        }
    }

    @Test
    void withoutTheRightToCaptureItTellsWhichIsMissing() throws IOException, InterruptedException {
        try (NetworkNamespace network = NetworkNamespace.make()) {
            List<String> before = new ArrayList<>(network.before());
            before.addAll(List.of("setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-net_raw"));
            try (Program tower = tower(before)) {
                assertThat(tower.end()).isEqualTo(1);
                assertThat(tower.err())
                        .startsWith("hinomi: no right to capture on 'far'; start as root, or with the capability")
                        .hasLineCount(1);
            }
        }
    }
}

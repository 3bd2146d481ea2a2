package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.observatory.capture.ring.NetworkNamespace.FAR;
import static org.hinomi.observatory.capture.ring.NetworkNamespace.NEAR;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hinomi.observatory.Main;
import org.hinomi.observatory.capture.ring.FrameSender;
import org.hinomi.observatory.capture.ring.NetworkNamespace;
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

    private Program tower(List<String> before) throws IOException {
        return Program.start(
                folder,
                before,
                Main.class,
                "run",
                "--offline",
                "--port=0",
                "--data=" + folder.resolve("data"),
                "--interface=" + FAR,
                "--darknet=198.18.0.0/16");
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
    void everyPacketIsStoredThoughTheInterfaceGoesDownInBetween() throws IOException, InterruptedException {
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
            try (StoredData stored = new StoredData(folder.resolve("data"))) {
                assertThat(stored.packets(60)).isEqualTo(2 * PACKETS);
                assertThat(stored.packets(3600)).isEqualTo(2 * PACKETS);
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
            List<String> before = new java.util.ArrayList<>(network.before());
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

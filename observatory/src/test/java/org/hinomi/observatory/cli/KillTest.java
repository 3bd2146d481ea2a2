package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.observatory.store.control.ControlStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program killed (SIGKILL) at any moment: no closed minute is lost and none counts twice. */
@Timeout(600)
class KillTest {
    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();
    private static final int MINUTE = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private Path data() {
        return folder.resolve("data");
    }

    private void killSoon(Program program, int most) throws InterruptedException {
        Thread.sleep(random.nextInt(most));
        assertThat(program.alive()).isTrue();
        program.kill();
    }

    @Test
    void everyMinuteThatWasCalledSafeIsThereOnceAfterEachOfManyKills() throws IOException, InterruptedException {
        Files.createDirectories(data());
        Map<Long, Integer> safe = new HashMap<>();
        for (int kills = 1; kills <= 4; kills++) {
            try (Program writer = Program.start(folder, List.of(), MinuteWriter.class, data().toString())) {
                writer.awaitLine();
                killSoon(writer, 3000);
                writer.out()
                        .lines()
                        .filter(line -> line.matches("[0-9]{10}"))
                        .forEach(line -> safe.merge(Long.valueOf(line), 1, Integer::sum));
            }
            try (StoredData stored = new StoredData(data())) {
                Map<Long, Long> minutes = stored.minutes(MinuteWriter.SENSOR);
                long parts =
                        minutes.values().stream().mapToLong(Long::longValue).sum() / MinuteWriter.PACKETS;
                long told = safe.values().stream().mapToLong(Integer::longValue).sum();
                assertThat(minutes.values())
                        .as("seed %d", seed)
                        .allMatch(packets -> packets % MinuteWriter.PACKETS == 0);
                safe.forEach((minute, times) -> assertThat(minutes.getOrDefault(minute, 0L))
                        .as("minute %d, seed %d", minute, seed)
                        .isGreaterThanOrEqualTo((long) times * MinuteWriter.PACKETS));
                assertThat(parts).as("seed %d", seed).isBetween(told, told + kills);
                assertThat(stored.packets(3600)).as("seed %d", seed).isEqualTo(stored.packets(MINUTE));
                assertThat(stored.tuples()).as("seed %d", seed).isEqualTo(parts * 30);
            }
        }
    }

    @Test
    void aRecordingPlayedAgainAfterKillsCountsAsAnAnalysisOfIt() throws IOException, InterruptedException {
        String capture = folder.resolve("a.pcap").toString();
        Commands commands = new Commands();
        assertThat(commands.run("generate", capture, "--packets=60000", "--profile=mixed"))
                .isZero();
        assertThat(commands.run("analyze", "--json", capture)).isZero();
        JsonNode truth = JsonMapper.shared().readTree(commands.out());
        for (String speed : List.of("600", "max")) {
            try (Program tower = replay(capture, speed)) {
                tower.address();
                killSoon(tower, 4000);
            }
        }
        try (Program tower = replay(capture, "max")) {
            tower.signIn();
            JsonNode found = tower.ask("/api/v1/summary?from=2025-12-31T00:00:00Z&to=2026-01-03T00:00:00Z");
            for (int i = 0; i < 300 && found.path("packets").asLong() < 60_000; i++) {
                Thread.sleep(200);
                found = tower.ask("/api/v1/summary?from=2025-12-31T00:00:00Z&to=2026-01-03T00:00:00Z");
            }
            assertThat(found.path("packets")).as("seed %d", seed).isEqualTo(truth.path("packets"));
            assertThat(found.path("flow_tuples")).isEqualTo(truth.path("flow_tuples"));
            assertThat(found.path("classes")).isEqualTo(truth.path("classes"));
            assertThat(found.path("kinds")).isEqualTo(truth.path("kinds"));
            List<String> detections = detections(tower);
            tower.stop();
            assertThat(tower.err()).isEmpty();
            assertThat(detections).as("seed %d", seed).isEqualTo(detectionsWithoutKills(capture));
        }
    }

    private List<String> detectionsWithoutKills(String capture) throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        try (Program tower = Program.start(
                folder, "run", "--offline", "--port=0", "--data=" + whole, "--replay", capture, "--speed=max")) {
            tower.signIn();
            return detections(tower);
        }
    }

    /** All that detectors tell of the recording once everything is over, by id. */
    private static List<String> detections(Program tower) throws IOException, InterruptedException {
        List<String> found = List.of();
        for (int i = 0; i < 300; i++) {
            List<String> before = found;
            List<String> now = new ArrayList<>();
            JsonNode items = tower.ask("/api/v1/detections?limit=500&from=2025-12-31T00:00:00Z")
                    .path("items");
            items.forEach(item -> now.add(item.toString()));
            found = now.stream().sorted().toList();
            if (!found.isEmpty()
                    && found.equals(before)
                    && items.findValuesAsString("ended").stream().allMatch("true"::equals)) {
                return found;
            }
            Thread.sleep(400);
        }
        throw new AssertionError("detections are still open: " + found);
    }

    @Test
    void aTowerThatIsToldToStopStoresItsOpenMinutesAtOnce() throws Exception {
        String capture = folder.resolve("a.pcap").toString();
        assertThat(new Commands().run("generate", capture, "--packets=60000", "--profile=mixed"))
                .isZero();
        try (Program tower = replay(capture, "100")) {
            tower.address();
            Thread.sleep(3000);
            long before = System.nanoTime();
            assertThat(tower.stop()).isEqualTo(128 + 15);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
            assertThat(tower.err()).isEmpty();
        }
        long counted;
        try (ControlStore control = ControlStore.open(data())) {
            counted = control.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT packets FROM observation")
                            .mapTo(Long.class)
                            .one());
        }
        try (StoredData stored = new StoredData(data())) {
            assertThat(counted).isPositive();
            assertThat(stored.packets(MINUTE)).isEqualTo(counted);
        }
    }

    private Program replay(String capture, String speed) throws IOException {
        return Program.start(
                folder, "run", "--offline", "--port=0", "--data=" + data(), "--replay", capture, "--speed", speed);
    }

    @Test
    void theDemoGoesOnAfterKillsWhereItWas() throws IOException, InterruptedException {
        for (int kills = 0; kills < 3; kills++) {
            try (Program tower = Program.start(folder, "run", "--offline", "--port=0", "--data=" + data())) {
                tower.address();
                Thread.sleep(2000);
                killSoon(tower, 4000);
            }
        }
        try (StoredData stored = new StoredData(data())) {
            TreeMap<Long, Long> minutes = new TreeMap<>(stored.minutes("demo-osaka"));
            assertThat(minutes).hasSizeGreaterThan(10);
            assertThat(minutes).as("seed %d", seed).isEqualTo(osaka(minutes.firstKey(), minutes.lastKey()));
        }
    }

    /** What the demo's second sensor sends in each minute, from one to another. */
    private static Map<Long, Long> osaka(long first, long last) {
        PrefixSet darknet = PrefixSet.of(List.of(Prefix.parse("198.18.128.0/18")));
        Map<Long, Long> minutes = new TreeMap<>();
        for (long day = first / 86_400; day <= last / 86_400; day++) {
            Traffic traffic =
                    new Traffic(new TrafficPlan(Profile.DAY, 2, day * DAY_NANOS, DAY_NANOS, darknet, 300_000));
            while (traffic.hasNext()) {
                traffic.emit((nanos, bytes, offset, captured, wire, linkType) -> {
                    long minute = nanos / 1_000_000_000L / MINUTE * MINUTE;
                    if (minute >= first && minute <= last) {
                        minutes.merge(minute, 1L, Long::sum);
                    }
                });
            }
        }
        return minutes;
    }
}

package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.observatory.capture.PcapWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sensors as processes of their own, delivering to a tower: everything arrives once, whoever is killed. */
@Timeout(300)
class RemoteSensorTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private Path capture() {
        return folder.resolve("a.pcap");
    }

    @Test
    void aTowerHasOfARemoteSensorWhatAnAnalysisOfItsCaptureSays() throws Exception {
        try (RemoteSite site = new RemoteSite(folder)) {
            JsonNode truth = site.generate(capture(), "--packets=100000", "--profile=mixed");
            try (Program sensor = site.sensor(capture())) {
                assertThat(sensor.end()).as(sensor.err()).isZero();
                assertThat(sensor.out()).contains("All is sent.");
                assertThat(sensor.err()).isEmpty();
            }
            site.assertTruth(truth);
            JsonNode status = site.status();
            assertThat(status.get("state").asString()).isEqualTo("ended");
            assertThat(status.get("packets")).isEqualTo(truth.get("packets"));
            assertThat(status.get("dropped").asLong()).isZero();
            assertThat(status.get("remote").get("waiting_parts").asLong()).isZero();
            JsonNode row = site.tower().ask("/api/v1/ledger").get("items").get(0);
            assertThat(row.get("packets")).isEqualTo(truth.get("packets"));
            assertThat(row.get("state").asString()).isEqualTo("ended");
        }
    }

    @Test
    void aSensorKilledAgainAndAgainDeliversEachMinuteOnceAndNoneIsMissingInBetween() throws Exception {
        int runs = 6;
        Map<Long, Long> truth = new TreeMap<>();
        try (RemoteSite site = new RemoteSite(folder)) {
            for (int run = 0; run < runs; run++) {
                truth.putAll(minutes(hour(run), run));
            }
            for (int run = 0; run < runs - 1; run++) {
                try (Program sensor = site.sensor(hour(run))) {
                    sensor.awaitLine();
                    Thread.sleep(random.nextInt(1200));
                    sensor.kill();
                }
            }
            try (Program sensor = site.sensor(hour(runs - 1))) {
                assertThat(sensor.end()).as("seed %d: %s", seed, sensor.err()).isZero();
            }
            assertThat(site.status().get("remote").get("waiting_parts").asLong())
                    .isZero();
            site.tower().stop();
            try (StoredData stored = new StoredData(site.data())) {
                assertComplete(new TreeMap<>(stored.minutes(RemoteSite.SENSOR)), truth, runs);
            }
        }
    }

    /** Each minute is whole or, where a sensor was killed before it had closed, not there at all. */
    private void assertComplete(TreeMap<Long, Long> stored, Map<Long, Long> truth, int runs) {
        assertThat(truth).as("seed %d", seed).containsAllEntriesOf(stored);
        for (int run = 0; run < runs; run++) {
            long begin = START.getEpochSecond() + run * 7200L;
            long end = stored.subMap(begin, begin + 7200).isEmpty()
                    ? begin - 60
                    : stored.subMap(begin, begin + 7200).lastKey();
            for (long minute = begin; minute <= end; minute += 60) {
                assertThat(stored.get(minute))
                        .as("minute %d, seed %d", minute, seed)
                        .isEqualTo(truth.get(minute));
            }
        }
        assertThat(stored.lastKey()).isEqualTo(((TreeMap<Long, Long>) truth).lastKey());
    }

    private Path hour(int run) {
        return folder.resolve(run + ".pcap");
    }

    /** Makes an hour of traffic, and counts it by minutes. */
    private static Map<Long, Long> minutes(Path file, int run) throws Exception {
        Traffic traffic = new Traffic(new TrafficPlan(
                Profile.MIXED,
                run,
                START.plusSeconds(run * 7200L).getEpochSecond() * 1_000_000_000L,
                Duration.ofHours(1).toNanos(),
                TrafficPlan.USUAL_DARKNET,
                60_000));
        Map<Long, Long> minutes = new TreeMap<>();
        try (PcapWriter writer = PcapWriter.create(file, LinkType.ETHERNET, PcapWriter.Resolution.MICROSECONDS)) {
            while (traffic.hasNext()) {
                traffic.emit((nanos, bytes, offset, captured, wire, linkType) -> {
                    minutes.merge(Math.floorDiv(nanos, 60_000_000_000L) * 60, 1L, Long::sum);
                    writer.frame(nanos, bytes, offset, captured, wire, linkType);
                });
            }
            writer.finish();
        }
        return minutes;
    }

    @Test
    void aFullSpoolLosesItsOldestMinutesAndTheTowerShowsAGap() throws Exception {
        try (RemoteSite site = new RemoteSite(folder)) {
            JsonNode truth = site.generate(capture(), "--packets=100000", "--profile=mixed");
            site.tower().kill();
            try (Program sensor = site.sensor(capture(), "--spool-gigabytes=0.0005")) {
                sensor.awaitSaid("the spool is full: its oldest minutes go");
                assertThat(sensor.out()).contains("can't be reached").contains("minutes are kept in");
                site.restart();
                assertThat(sensor.end()).as(sensor.err()).isZero();
            }
            JsonNode remote = site.status().get("remote");
            long lost = remote.get("spool_drops").asLong();
            assertThat(lost).isPositive();
            long kept = truth.get("packets").asLong() - lost;
            assertThat(site.summary(kept).get("packets").asLong()).isEqualTo(kept);
            assertThat(site.status().get("dropped").asLong()).isEqualTo(lost);
            JsonNode gaps = site.tower()
                    .ask("/api/v1/timeline?sensor=osaka&from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z")
                    .get("gaps");
            assertThat(gaps.toString()).contains("lost in the sensor's full spool");
        }
    }

    @Test
    void theLiveMapGetsWhatASensorSeesAtOnceAndTheClocksAreCompared() throws Exception {
        try (RemoteSite site = new RemoteSite(folder)) {
            site.generate(capture(), "--packets=60000", "--profile=mixed");
            Path config = Files.writeString(
                    folder.resolve("sensor.yaml"), """
                    to: %s
                    key_file: %s
                    name: osaka
                    darknet: [198.18.0.0/16]
                    files: [%s]
                    speed: 100
                    spool: %s
                    """.formatted(site.url(), site.keyFile(), capture(), site.spool()));
            try (Program sensor = Program.start(folder, "sensor", "--config", config.toString())) {
                sensor.awaitLine();
                JsonNode status = site.status();
                for (int i = 0; i < 200 && status.at("/remote/skew_seconds").isMissingNode(); i++) {
                    Thread.sleep(50);
                    status = site.status();
                }
                assertThat(status.get("state").asString()).isEqualTo("running");
                assertThat(status.at("/remote/skew_seconds").asDouble()).isBetween(-0.5, 0.5);
                String said = site.tower().firstEvents("/api/v1/stream", Duration.ofSeconds(4));
                assertThat(said).containsPattern("\"seen\":[1-9]").containsPattern("\"today\":[1-9]");
                assertThat(site.tower().text("/metrics"))
                        .containsPattern("hinomi_remote_first_packets_total\\{sensor=\"osaka\"} [1-9]");
                assertThat(sensor.stop()).isEqualTo(143);
                assertThat(sensor.out()).contains("All is sent.");
                assertThat(site.status().get("state").asString()).isEqualTo("stopped");
            }
        }
    }

    @Test
    void aTowerKilledTenTimesHasEveryTupleOnce() throws Exception {
        try (RemoteSite site = new RemoteSite(folder)) {
            JsonNode truth = site.generate(capture(), "--packets=400000", "--profile=mixed");
            try (Program sensor = site.sensor(capture())) {
                for (int kills = 0; kills < 10; kills++) {
                    Thread.sleep(random.nextInt(1500));
                    site.restart();
                }
                assertThat(sensor.end()).as("seed %d: %s", seed, sensor.err()).isZero();
            }
            site.assertTruth(truth);
        }
    }
}

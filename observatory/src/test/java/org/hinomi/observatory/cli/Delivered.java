package org.hinomi.observatory.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.wire.batch.BatchHeader;
import org.hinomi.wire.batch.Batches;
import org.hinomi.wire.batch.Part;
import org.hinomi.wire.batch.SensorReport;
import org.hinomi.wire.flowfile.AvroBatch;

/** Batches made by hand, right or wrong in one thing, and their delivery. */
final class Delivered {
    static final long MINUTE = 1_767_225_600L;
    static final int TUPLES = 20;

    private final String url;
    private final String key;

    Delivered(String url, String key) {
        this.url = url;
        this.key = key;
    }

    private record Minute(long time, String darkAddress) implements FlowBatch {
        @Override
        public boolean saturated() {
            return false;
        }

        @Override
        public int size() {
            return TUPLES;
        }

        @Override
        public void read(int index, FlowRow row) {
            row.clear();
            row.time = time;
            boolean v6 = darkAddress.contains(":");
            IpAddress dark = IpAddress.parse(darkAddress).orElseThrow();
            row.srcHi = v6 ? 0x2001_0db8_0000_0000L : 0;
            row.srcLo = (v6 ? 0 : IpAddress.V4_PREFIX) | 0x01020300L + index;
            row.dstHi = dark.hi();
            row.dstLo = dark.lo();
            row.protocol = 6;
            row.tcpFlags = 2;
            row.dstPort = 23;
            row.packetCnt = 2;
            row.firstSeq = -1;
            row.firstIpId = -1;
        }
    }

    /** What a batch is made of. */
    record Recipe(String sensor, String incarnation, int version, List<Part> parts, String darkAddress) {
        static Recipe right(String incarnation, long... sequences) {
            List<Part> parts = new ArrayList<>();
            for (long sequence : sequences) {
                parts.add(new Part(sequence, MINUTE + sequence * 60, TUPLES, 2L * TUPLES, false));
            }
            return new Recipe(RemoteSite.SENSOR, incarnation, Batches.VERSION, parts, "198.18.7.9");
        }

        Recipe of(String otherSensor) {
            return new Recipe(otherSensor, incarnation, version, parts, darkAddress);
        }

        Recipe inVersion(int other) {
            return new Recipe(sensor, incarnation, other, parts, darkAddress);
        }

        Recipe with(Part... others) {
            return new Recipe(sensor, incarnation, version, List.of(others), darkAddress);
        }

        Recipe to(String otherAddress) {
            return new Recipe(sensor, incarnation, version, parts, otherAddress);
        }

        byte[] bytes() {
            SensorReport report = new SensorReport(
                    "test",
                    1,
                    "running",
                    "",
                    MINUTE,
                    MINUTE + 60,
                    MINUTE * 1_000_000_000L,
                    40,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    Map.of(),
                    0,
                    0,
                    null,
                    null,
                    List.of());
            return AvroBatch.encode(
                    Map.of(
                            "hinomi.version", Integer.toString(version).getBytes(StandardCharsets.US_ASCII),
                            "hinomi.batch", Json.bytes(new BatchHeader(sensor, incarnation, parts, report))),
                    KernelData.fingerprints(),
                    sensor,
                    parts.stream()
                            .map(part -> new Minute(part.minute(), darkAddress))
                            .toList());
        }
    }

    HttpResponse<String> send(byte[] batch) throws IOException, InterruptedException {
        return post("batches", Batches.MEDIA_TYPE, batch);
    }

    HttpResponse<String> post(String path, String type, byte[] body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url + "api/v1/sensors/" + RemoteSite.SENSOR + "/" + path))
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}

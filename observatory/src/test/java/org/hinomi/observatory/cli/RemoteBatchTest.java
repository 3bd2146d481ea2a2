package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hinomi.observatory.cli.Delivered.Recipe;
import org.hinomi.wire.batch.Part;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a tower does with batches: the right ones count once, each wrong one is refused with a sentence and counted. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteBatchTest {
    @SuppressWarnings("NullAway.Init")
    private RemoteSite site;

    @SuppressWarnings("NullAway.Init")
    private Delivered delivered;

    private long packets;

    @BeforeAll
    void startATower(@TempDir Path folder) throws Exception {
        site = new RemoteSite(folder);
        delivered = new Delivered(site.url(), Files.readString(site.keyFile()).strip());
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    private void taken(Recipe recipe, int fresh) throws Exception {
        HttpResponse<String> answer = delivered.send(recipe.bytes());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JsonMapper.shared().readTree(answer.body()).get("parts").asInt())
                .isEqualTo(fresh);
        packets += fresh * 2L * Delivered.TUPLES;
    }

    private void refused(byte[] batch, int status, String sentence) throws Exception {
        HttpResponse<String> answer = delivered.send(batch);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JsonMapper.shared().readTree(answer.body()).get("detail").asString())
                .contains(sentence);
    }

    @Test
    void whatComesAgainInWhateverGroupsCountsOnce() throws Exception {
        taken(Recipe.right("a-1", 1, 2, 3), 3);
        taken(Recipe.right("a-1", 1, 2, 3), 0);
        taken(Recipe.right("a-1", 3, 4), 1);
        taken(Recipe.right("a-1", 2), 0);
        taken(Recipe.right("a-2", 1), 1);
        taken(Recipe.right("a-1", 9), 1);
        taken(Recipe.right("a-1").with(), 0);
        assertThat(site.summary(packets).get("packets").asLong()).isEqualTo(packets);
    }

    @Test
    void aWrongBatchIsRefusedAndTheRestGoesOn() throws Exception {
        byte[] right = Recipe.right("b-1", 1).bytes();
        refused(new byte[] {1, 2, 3}, 422, "does not begin like an Avro container");
        refused(Arrays.copyOf(right, right.length - 7), 422, "can't be read");
        byte[] flipped = right.clone();
        flipped[right.length - 40] ^= 0x55;
        refused(flipped, 422, "can't be read");
        refused(Recipe.right("b-1", 1).of("kyoto").bytes(), 422, "another sensor than osaka");
        refused(Recipe.right("b-1", 1).inVersion(2).bytes(), 409, "has version 2; this tower knows 1");
        refused(Recipe.right("b-1", 1).to("192.0.2.1").bytes(), 422, "not dark addresses of sensor osaka");
        refused(Recipe.right("b-1", 1).to("2001:db8::1").bytes(), 422, "not dark addresses of sensor osaka");
        refused(Recipe.right("b 1", 1).bytes(), 422, "its incarnation is not");
        Part part = new Part(1, Delivered.MINUTE, Delivered.TUPLES, 2L * Delivered.TUPLES, false);
        refused(
                Recipe.right("b-1")
                        .with(new Part(1, 4_000_000_020L, part.tuples(), part.packets(), false))
                        .bytes(),
                422,
                "still to come");
        refused(
                Recipe.right("b-1")
                        .with(new Part(1, part.minute(), part.tuples() + 1, part.packets(), false))
                        .bytes(),
                422,
                "fewer flow tuples");
        refused(
                Recipe.right("b-1")
                        .with(new Part(1, part.minute(), part.tuples(), 39, false))
                        .bytes(),
                422,
                "has 40 packets, not 39");
        refused(Recipe.right("b-1").with(part, part).bytes(), 422, "do not ascend");
        refused(new byte[33 << 20], 413, "");
        taken(Recipe.right("b-1", 1), 1);
        assertThat(site.summary(packets).get("packets").asLong()).isEqualTo(packets);
        assertThat(site.status().get("remote").get("refused").asLong()).isEqualTo(13);
        String metrics = site.tower().text("/metrics");
        assertThat(metrics)
                .contains("hinomi_remote_refused_total{reason=\"newer_version\",sensor=\"osaka\"} 1.0")
                .contains("hinomi_remote_refused_total{reason=\"future\",sensor=\"osaka\"} 1.0");
    }

    @Test
    void aSensorsKeyDoesNothingElseAndNoOtherKeyDelivers() throws Exception {
        String wrong = Files.readString(site.keyFile()).strip() + "x";
        assertThat(new Delivered(site.url(), wrong)
                        .send(Recipe.right("c-1", 1).bytes())
                        .statusCode())
                .isEqualTo(401);
        Delivered kyoto = new Delivered(site.url(), site.tower().sensorKey("kyoto"));
        HttpResponse<String> other = kyoto.send(Recipe.right("c-1", 1).bytes());
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body()).contains("is for the sensor 'kyoto' alone");
        assertThat(site.tower()
                        .status(
                                "/api/v1/status",
                                Files.readString(site.keyFile()).strip()))
                .isEqualTo(403);
        assertThat(site.tower()
                        .status(
                                "/api/v1/sensor-keys",
                                Files.readString(site.keyFile()).strip()))
                .isEqualTo(403);
    }

    @Test
    void aFrameThatCantBeIsRefused() throws Exception {
        String report = "{\"program\":\"t\",\"started\":9,\"state\":\"running\",\"detail\":\"\",\"first_second\":-1,"
                + "\"up_to\":-1,\"event_nanos\":-1,\"packets\":0,\"kernel_drops\":0,\"own_drops\":0,\"spool_drops\":0,"
                + "\"refused_parts\":0,\"live_drops\":0,\"saturated_parts\":0,\"skipped\":{},\"waiting_parts\":0,"
                + "\"waiting_bytes\":0,\"skew_micros\":null,\"round_trip_micros\":null,\"lost\":[]}";
        String day = "{\"first_nanos\":1,\"last_nanos\":1,\"total\":1,\"classes\":[1],\"sources\":\"AAAA\","
                + "\"syn_or_udp\":0,\"to_iot_ports\":0}";
        String frame = "{\"incarnation\":\"d-1\",\"sent\":1,\"seen\":1,\"packets\":[%s],\"first\":[],\"day\":%s,"
                + "\"report\":" + report + "}";
        String packet = "{\"t\":1,\"s\":\"%s\",\"c\":%d,\"o\":6,\"p\":23,\"m\":0}";
        assertThat(frame(frame.formatted(packet.formatted("1.2.3.4", 0), "null")))
                .isEqualTo(200);
        assertThat(frame(frame.formatted(packet.formatted("1.2.3", 0), "null"))).isEqualTo(422);
        assertThat(frame(frame.formatted(packet.formatted("1.2.3.4", 77), "null")))
                .isEqualTo(422);
        assertThat(frame(frame.formatted("null", "null"))).isEqualTo(422);
        assertThat(frame(frame.formatted("", day))).isEqualTo(422);
        assertThat(frame("{}")).isIn(400, 422);
    }

    private int frame(String json) throws Exception {
        return delivered
                .post("live", "application/json", json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .statusCode();
    }
}

package org.hinomi.kernel.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hinomi.kernel.device.DeviceJudgement.Confidence;
import org.hinomi.kernel.flow.FlowRow;
import org.junit.jupiter.api.Test;

/** What device the rules that come with the program take a source for, and when they do not know. */
class DeviceCatalogueTest {
    private static final DeviceCatalogue CATALOGUE = catalogue();

    private final List<Evidence> evidence = new ArrayList<>();

    private static DeviceCatalogue catalogue() {
        try (var in =
                Objects.requireNonNull(DeviceCatalogue.class.getResourceAsStream("/org/hinomi/kernel/devices.txt"))) {
            return DeviceCatalogue.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private DeviceCatalogueTest port(String port, int packets) {
        evidence.add(new Evidence.Port(port, packets, 100));
        return this;
    }

    private DeviceCatalogueTest mark(String mark) {
        evidence.add(new Evidence.Mark(mark, 98, 100));
        return this;
    }

    private DeviceCatalogueTest header(HeaderField field, int value) {
        evidence.add(new Evidence.Header(field, value, 50, 50));
        return this;
    }

    private DeviceJudgement judged() {
        return CATALOGUE.judge(evidence);
    }

    @Test
    void withoutEvidenceItIsUnknown() {
        assertThat(judged().kinds()).isEmpty();
        assertThat(judged().confidence()).isEqualTo(Confidence.NONE);
        assertThat(judged().ranking()).isEmpty();
        assertThat(DeviceCatalogue.EMPTY.judge(port("tcp/23", 100).evidence).kinds())
                .isEmpty();
    }

    @Test
    void oneHintIsNotEnough() {
        assertThat(port("tcp/23", 100).judged().kinds()).isEmpty();
        assertThat(judged().rules()).extracting(DeviceRule::name).containsExactly("telnet");
        assertThat(judged().ranking()).hasSize(3);
    }

    @Test
    void whatMiraiOnTelnetLivesOnIsNotToldApart() {
        DeviceJudgement judged =
                mark("mirai").port("tcp/23", 90).port("tcp/2323", 10).judged();
        assertThat(judged.kinds()).containsExactly(DeviceKind.ROUTER, DeviceKind.IP_CAMERA, DeviceKind.RECORDER);
        assertThat(judged.confidence()).isEqualTo(Confidence.LOW);
    }

    @Test
    void whatItAttacksAloneIsNeverSurerThanLow() {
        DeviceJudgement judged =
                mark("mirai").port("tcp/37215", 50).port("tcp/7547", 50).judged();
        assertThat(judged.kinds()).containsExactly(DeviceKind.ROUTER);
        assertThat(judged.confidence()).isEqualTo(Confidence.LOW);
    }

    @Test
    void whatItAttacksAndHowItSendsTogetherAreMedium() {
        DeviceJudgement judged = port("tcp/445", 100)
                .header(HeaderField.INITIAL_TTL, 128)
                .header(HeaderField.OPTIONS, 8)
                .judged();
        assertThat(judged.kinds()).containsExactly(DeviceKind.WINDOWS);
        assertThat(judged.confidence()).isEqualTo(Confidence.MEDIUM);
    }

    @Test
    void evidenceAgainstAKindCounts() {
        assertThat(port("tcp/445", 100)
                        .header(HeaderField.INITIAL_TTL, 64)
                        .header(HeaderField.OPTIONS, 20)
                        .judged()
                        .kinds())
                .as("a worm of Windows on what is no Windows")
                .isEmpty();
    }

    @Test
    void aScanToolTellsNothingOfItsMachine() {
        DeviceJudgement judged = mark("zmap").port("tcp/445", 100).judged();
        assertThat(judged.kinds()).isEmpty();
        assertThat(judged.rules()).extracting(DeviceRule::name).contains("scan_tool");
    }

    @Test
    void whatAttacksEverythingIsUnknown() {
        assertThat(port("tcp/445", 25)
                        .port("tcp/5555", 25)
                        .port("tcp/37215", 25)
                        .port("tcp/6379", 25)
                        .judged()
                        .kinds())
                .isEmpty();
    }

    @Test
    void fewPacketsOrASmallPartSayNothing() {
        assertThat(port("tcp/445", 19).judged().rules()).isEmpty();
        evidence.clear();
        evidence.add(new Evidence.Port("tcp/445", 4, 4));
        assertThat(judged().rules()).isEmpty();
    }

    @Test
    void headersOfPacketsThatAToolMadeAreLeftOut() throws IOException {
        HeaderShare share = new HeaderShare();
        FlowRow row = new FlowRow();
        row.ttl = 110;
        row.tcpSynLen = 32;
        row.tcpSynWinLen = 8192;
        row.ipLen = 52;
        row.packetCnt = 7;
        share.add(row, 1);
        row.matchAll(1);
        row.ttl = 50;
        share.add(row, 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        share.write(new DataOutputStream(bytes));
        List<Evidence> read = HeaderShare.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())))
                .evidence();
        assertThat(read)
                .containsExactly(
                        new Evidence.Header(HeaderField.INITIAL_TTL, 128, 7, 7),
                        new Evidence.Header(HeaderField.WINDOW, 8192, 7, 7),
                        new Evidence.Header(HeaderField.OPTIONS, 12, 7, 7),
                        new Evidence.Header(HeaderField.LENGTH, 52, 7, 7));
    }

    @Test
    void aSourceOfManySystemsShowsNoneClearly() {
        HeaderShare share = new HeaderShare();
        FlowRow row = new FlowRow();
        row.tcpSynLen = 20;
        row.packetCnt = 1;
        for (int i = 0; i < 1000; i++) {
            row.ttl = i % 2 == 0 ? 60 : 120;
            row.tcpSynWinLen = i;
            share.add(row, 0);
        }
        assertThat(share.evidence()).hasSizeLessThanOrEqualTo(24).allMatch(each -> each.packets() < 10);
        assertThat(CATALOGUE.judge(share.evidence()).rules()).isEmpty();
    }

    @Test
    void theRulesThatComeWithTheProgramAreWhole() {
        assertThat(CATALOGUE.rules()).hasSizeBetween(20, 32);
        assertThat(CATALOGUE.isBot("mirai")).isTrue();
        assertThat(CATALOGUE.isBot("zmap")).isFalse();
        assertThat(CATALOGUE.handmade(List.of("other", "zmap", "mirai"))).isEqualTo(6);
    }

    @Test
    void aWrongLineIsNamed() {
        assertThatThrownBy(() -> DeviceCatalogue.parse("# x\na | port tcp/1 | 20 | router+1 | why\n"))
                .hasMessageContaining("line 2: expected");
        assertThatThrownBy(() -> DeviceCatalogue.parse("a | port tcp/1 | 20 | toaster+1 | why | why\n"))
                .hasMessageContaining("line 1: there is no kind 'toaster'");
        assertThatThrownBy(() -> DeviceCatalogue.parse("a | port tcp/1 | 20 | nas | why | why\n"))
                .hasMessageContaining("'nas' is not as router+1");
        assertThatThrownBy(
                        () -> DeviceCatalogue.parse("a | port x | 1 | nas+1 | w | w\na | port x | 1 | nas+1 | w | w"))
                .hasMessageContaining("line 2: there is already a rule a");
    }
}

package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.kernel.detect.Probes.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.detect.Probes.Tuple;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** What a source's marks come to, and how sure that is. */
class FamilyVerdictsTest {
    private static final int SOURCE = 0xcb00_7105;
    private static final int MIRAI = 1;
    private static final int ZMAP = 2;

    private final List<Tuple> tuples = new ArrayList<>();
    private int sent;

    private void packets(int count, int marks, int port, long minute) {
        for (int i = 0; i < count; i++) {
            FlowRow row = Probes.syn(SOURCE, 0xc612_0000 + sent++, port, minute);
            row.matchAll(marks);
            tuples.add(Probes.kept(row));
        }
    }

    private List<Detection> found() {
        return Probes.run(new FamilyVerdicts(Map.of(), Probes.FINGERPRINTS, DeviceCatalogue.EMPTY), tuples);
    }

    private static String field(Detection detection, String name) {
        return detection.field(name).map(FieldValue::text).orElse("-");
    }

    @Test
    void aBotWhosePacketsAllCarryTheMarkIsNamedWithHighConfidence() {
        packets(9, MIRAI, 23, START);
        packets(1, MIRAI, 2323, START + 60);
        Detection last = found().getLast();
        assertThat(last.ended()).isTrue();
        assertThat(last.key()).isEqualTo("203.0.113.5");
        assertThat(field(last, "family")).isEqualTo("mirai");
        assertThat(field(last, "confidence")).isEqualTo("high");
        assertThat(field(last, "share")).isEqualTo("100");
        assertThat(field(last, "packets")).isEqualTo("10");
        assertThat(field(last, "matches")).isEqualTo("mirai:10");
        assertThat(field(last, "ports")).isEqualTo("tcp/23:9,tcp/2323:1");
        assertThat(field(last, "port")).isEqualTo("23");
        assertThat(field(last, "chance")).as("10 times 32 bits").isEqualTo("319");
    }

    @Test
    void twoMatchesOfARuleThatNeedsThreeNameNobody() {
        packets(2, ZMAP, 443, START);
        assertThat(found()).isEmpty();
        packets(1, ZMAP, 443, START + 60);
        assertThat(field(found().getLast(), "confidence"))
                .as("three times 16 bits")
                .isEqualTo("high");
    }

    @Test
    void aMarkInSomePacketsOnlyIsLessSure() {
        packets(6, ZMAP, 443, START);
        packets(4, 0, 443, START + 60);
        List<Detection> found = found();
        assertThat(found).extracting(each -> field(each, "confidence")).containsExactly("high", "medium", "medium");
        assertThat(field(found.getLast(), "share")).isEqualTo("60");
        packets(30, 0, 443, START + 120);
        assertThat(field(found().getLast(), "confidence")).isEqualTo("low");
    }

    @Test
    void theMarkOfMostPacketsIsTheVerdictAndAllThatAreNamedAreTold() {
        packets(3, ZMAP, 443, START);
        packets(5, MIRAI, 23, START + 60);
        Detection last = found().getLast();
        assertThat(field(last, "family")).isEqualTo("mirai");
        assertThat(field(last, "tools")).isEqualTo("mirai,zmap");
        assertThat(field(last, "confidence")).isEqualTo("medium");
    }

    @Test
    void aVerdictIsToldAgainWhenItChangesOrAfterAnHour() {
        for (int minute = 0; minute < 90; minute++) {
            packets(1, MIRAI, 23, START + minute * 60L);
        }
        assertThat(found())
                .extracting(Detection::reported)
                .as("medium, high, an hour later, and the end")
                .containsExactly(START + 60, START + 120, START + 3720, START + 90 * 60 + 21_600);
    }

    @Test
    void answersAndPacketsOfUnknownSequenceSayNothing() {
        FlowRow answer = Probes.syn(SOURCE, 0xc612_0000, 23, START);
        answer.tcpFlags = TcpFlags.SYN | TcpFlags.ACK;
        answer.matchAll(MIRAI);
        tuples.add(Probes.kept(answer));
        FlowRow unknown = Probes.syn(SOURCE, 0xc612_0001, 23, START);
        unknown.firstSeq = -1;
        unknown.matchAll(MIRAI);
        tuples.add(Probes.kept(unknown));
        assertThat(found()).isEmpty();
    }

    @Test
    void everyFieldThatIsToldIsDeclared() {
        packets(5, MIRAI, 23, START);
        assertThat(found().getLast().fields().stream().map(Detection.Field::name))
                .containsExactlyElementsOf(FamilyDeclaration.DECLARATION.fields().stream()
                        .map(FieldMeaning::name)
                        .filter(name -> !name.startsWith("researcher_"))
                        .toList());
    }
}

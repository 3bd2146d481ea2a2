package org.hinomi.kernel.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hinomi.kernel.fingerprint.Fingerprint.Scope;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintCatalogueTest {
    private static final String STANZA = """
            name: one
            label: One
            packet: tcp.seq == 1
            generation: all
            reference: none
            chance: 0
            needs: 1
            """;

    private static FingerprintCatalogue shipped() {
        try (var stream = FingerprintCatalogue.class.getResourceAsStream("/org/hinomi/kernel/fingerprints.txt")) {
            return FingerprintCatalogue.parse(
                    new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> matching(FingerprintCatalogue catalogue, PacketHeader header) {
        List<String> names = new ArrayList<>();
        long bits = catalogue.match(header);
        for (int rule = 0; rule < catalogue.packetRules().size(); rule++) {
            if ((bits >>> rule & 1) != 0) {
                names.add(catalogue.packetRules().get(rule).name());
            }
        }
        return names;
    }

    private static PacketHeader syn() {
        PacketHeader header = new PacketHeader();
        header.srcLo = 0xffff_0a00_0001L;
        header.dstLo = 0xffff_c612_0102L;
        header.dstPort = 23;
        header.srcPort = 40_000;
        header.seq = 0x1234_5678;
        header.window = 512;
        header.ipId = 7;
        header.tcpFlags = TcpFlags.SYN;
        header.tcpHeaderLength = 24;
        header.mss = 1460;
        return header;
    }

    @Test
    void anOrdinarySynMatchesNothing() {
        assertThat(matching(shipped(), syn())).isEmpty();
    }

    @Test
    void theRulesFindWhatTheyAreFor() {
        PacketHeader mirai = syn();
        mirai.seq = 0xc612_0102L;
        mirai.tcpHeaderLength = 20;
        assertThat(matching(shipped(), mirai)).containsExactly("mirai", "bare_syn");

        PacketHeader zmap = syn();
        zmap.ipId = 54_321;
        assertThat(matching(shipped(), zmap)).containsExactly("zmap");

        PacketHeader masscan = syn();
        masscan.ipId = 0x0102 ^ 23 ^ 0x5678;
        assertThat(matching(shipped(), masscan)).containsExactly("masscan");
        masscan.window = 1025;
        assertThat(matching(shipped(), masscan)).containsExactly("masscan", "masscan_options");

        PacketHeader hajime = syn();
        hajime.window = 14_600;
        assertThat(matching(shipped(), hajime)).isEmpty();
        hajime.seq = 0x1234_0000;
        assertThat(matching(shipped(), hajime)).containsExactly("hajime");
        hajime.seq = 0x1234;
        assertThat(matching(shipped(), hajime)).containsExactly("hajime");
    }

    @Test
    void onlyIpv4PacketsWithSynAloneAreLookedAt() {
        PacketHeader zmap = syn();
        zmap.ipId = 54_321;
        zmap.tcpFlags = TcpFlags.SYN | 0xc0;
        assertThat(matching(shipped(), zmap)).containsExactly("zmap");
        zmap.tcpFlags = TcpFlags.SYN | TcpFlags.ACK;
        assertThat(matching(shipped(), zmap)).isEmpty();
        zmap.tcpFlags = TcpFlags.SYN;
        zmap.ipv6 = true;
        assertThat(matching(shipped(), zmap)).isEmpty();
        zmap.ipv6 = false;
        zmap.tcpHeaderLength = 0;
        assertThat(matching(shipped(), zmap)).isEmpty();
    }

    @Test
    void unicornscanGivesOneValueAndMiraiDoesNot() {
        FingerprintCatalogue catalogue = shipped();
        int unicornscan =
                catalogue.sourceRules().stream().map(Fingerprint::name).toList().indexOf("unicornscan");
        PacketHeader one = syn();
        PacketHeader two = syn();
        two.dstLo = 0xffff_c612_7788L;
        two.srcPort = 50_000;
        long key = 0xabcd_1234L;
        one.seq = key ^ one.dstLo & 0xffff_ffffL ^ (23 << 16) + one.srcPort;
        two.seq = key ^ two.dstLo & 0xffff_ffffL ^ (23 << 16) + two.srcPort;
        assertThat(catalogue.matcher().value(unicornscan, one))
                .isEqualTo(catalogue.matcher().value(unicornscan, two))
                .isEqualTo(key);

        two.srcPort = one.srcPort;
        one.seq = one.dstLo & 0xffff_ffffL;
        two.seq = two.dstLo & 0xffff_ffffL;
        assertThat(catalogue.matcher().value(unicornscan, one))
                .isNotEqualTo(catalogue.matcher().value(unicornscan, two));
    }

    @Test
    void aSourceIsNamedByEnoughMatchesFarBeyondChance() {
        Fingerprint masscan = shipped().packetRules().get(2);
        assertThat(masscan.name()).isEqualTo("masscan");
        assertThat(masscan.names(2, 2)).isFalse();
        assertThat(masscan.names(3, 3)).isTrue();
        // Of ten million random packets, about 153 match by chance.
        assertThat(masscan.names(160, 10_000_000)).isFalse();
        assertThat(masscan.names(10_000, 10_000_000)).isTrue();
    }

    @Test
    void theShippedCatalogueHasUniqueNamesAndBothScopes() {
        FingerprintCatalogue catalogue = shipped();
        assertThat(catalogue.all().stream().map(Fingerprint::name)).doesNotHaveDuplicates();
        assertThat(catalogue.all())
                .hasSize(
                        catalogue.packetRules().size() + catalogue.sourceRules().size());
        assertThat(catalogue.packetRules()).allMatch(f -> f.scope() == Scope.PACKET);
        assertThat(catalogue.sourceRules()).allMatch(f -> f.scope() == Scope.SOURCE);
        assertThat(catalogue.all()).filteredOn(Fingerprint::experimental).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tcp.seq == 1 | tcp.seq == | the rule at line 1: expected a field or number at character 11",
                "name: one | nam: one | line 1: 'nam' is none of chance, experimental, generation",
                "label: One | label One | line 2: 'label One' is none of",
                "label: One | name: two | line 2: 'name' is given twice",
                "label: One | label: | the rule at line 1: 'label' is missing",
                "name: one | name: One | the rule at line 1: 'One' must be a new name of lower-case letters",
                "name: one | name: abcdefghijklmnopqrstuvwxyz | must be a new name",
                "packet: tcp.seq == 1 | # | the rule at line 1: 'one' needs one of 'packet' and 'source'",
                "chance: 0 | chance: often | the rule at line 1: 'chance' must be a number, not 'often'",
                "chance: 0 | chance: -1 | the rule at line 1: 'chance' is out of range: -1",
                "chance: 0 | chance: NaN | the rule at line 1: 'chance' is out of range: NaN",
                "needs: 1 | needs: 1e99 | the rule at line 1: 'needs' is out of range: 1e99",
                "name: one | ` and: more` | line 1: a continued line without one before it"
            })
    void mistakesAreToldWithTheirLineAndWhy(String right, String wrong, String message) {
        assertThatThrownBy(() -> FingerprintCatalogue.parse(STANZA.replace(right, wrong)))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theLineOfALaterStanzaIsTold() {
        String second = STANZA.replace("name: one", "name: one").replace("label: One", "label: Two");
        assertThatThrownBy(() -> FingerprintCatalogue.parse("# head\n\n" + STANZA + "\n\n" + second))
                .hasMessage("the rule at line 12: 'one' must be a new name of lower-case letters, digits and '_'");
    }

    @Test
    void commentsContinuedLinesAndWindowsLineEndsAreRead() {
        String text = "# first\r\n"
                + STANZA.replace("tcp.seq == 1", "tcp.seq\n # no comment here\n  == 1")
                        .replace(" # no comment here\n", "# inside\n")
                        .replace("\n", "\r\n");
        assertThat(FingerprintCatalogue.parse(text).all().getFirst().rule()).isEqualTo("tcp.seq == 1");
        assertThat(FingerprintCatalogue.parse("").all()).isEmpty();
        assertThat(FingerprintCatalogue.parse("# nothing\n").match(syn())).isZero();
    }

    @Test
    void moreRulesThanLanesAreRefused() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 13; i++) {
            text.append(STANZA.replace("name: one", "name: rule" + i)).append('\n');
        }
        assertThatThrownBy(() -> FingerprintCatalogue.parse(text.toString()))
                .hasMessageContaining("there are 13 packet rules and 0 source rules; the most are 12 and 4");
    }
}

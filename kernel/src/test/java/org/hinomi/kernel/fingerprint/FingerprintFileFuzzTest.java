package org.hinomi.kernel.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.TcpFlags;

/** Any text is a catalogue or is refused with a sentence. */
class FingerprintFileFuzzTest {
    @FuzzTest
    void anyTextIsACatalogueOrRefused(byte[] bytes) {
        PacketHeader header = new PacketHeader();
        header.tcpFlags = TcpFlags.SYN;
        header.tcpHeaderLength = 20;
        try {
            FingerprintCatalogue catalogue = FingerprintCatalogue.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(catalogue.match(header) >>> catalogue.packetRules().size())
                    .isZero();
            for (int rule = 0; rule < catalogue.sourceRules().size(); rule++) {
                catalogue.matcher().value(rule, header);
            }
        } catch (RuleException e) {
            assertThat(e).hasMessageMatching("(?s).*(line|there are) \\d+.*");
        }
    }
}

package org.hinomi.observatory.telescope.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.live.LivePacket;
import org.junit.jupiter.api.Test;

class SourceMemoryTest {
    private final FingerprintCatalogue catalogue = KernelData.fingerprints();
    private final SourceMemory memory = new SourceMemory(catalogue);

    private LivePacket syn(long source, String... rules) {
        long matches = 0;
        for (String rule : rules) {
            for (int lane = 0; lane < catalogue.packetRules().size(); lane++) {
                matches |= catalogue.packetRules().get(lane).name().equals(rule) ? 1L << lane : 0;
            }
        }
        return new LivePacket(0, 0, source, PacketClass.TCP_SYN.ordinal(), 6, 23, matches);
    }

    @Test
    void aRuleOf32BitsNamesAtOnce() {
        assertThat(memory.family(syn(1, "mirai"))).isEqualTo("mirai");
    }

    @Test
    void aRuleOf16BitsNeedsSeveralPacketsOfTheSource() {
        assertThat(memory.family(syn(1, "masscan"))).isNull();
        assertThat(memory.family(syn(2, "masscan"))).isNull();
        assertThat(memory.family(syn(1, "masscan"))).isNull();
        assertThat(memory.family(syn(1, "masscan"))).isEqualTo("masscan");
    }

    @Test
    void aRuleThatMostPacketsMatchNamesNobody() {
        for (int i = 0; i < 1000; i++) {
            assertThat(memory.family(syn(1, "bare_syn"))).isNull();
        }
    }
}

package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.hinomi.observatory.TestData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What detectors find in real captures, as docs/measured.md lists it; and what they rightly leave alone. */
@Tag("conformance")
class DetectConformanceTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "nothing",
            value = {
                "esnet-security+curated-pcaps, attacks/scanners/masscan/udp_0_1000_20190821.pcap, ports",
                "esnet-security+curated-pcaps, attacks/scanners/nmap/nmap_80_all.pcap, nothing",
                "esnet-security+curated-pcaps, tcp/control/two_way_all_flags.pcap, dos dos ports",
                "StopDDoS+packet-captures, amp.TCP.syn.optionallyACK.optionallysamePort.pcapng, dos",
                "StopDDoS+packet-captures, pkt.TCP.synflood.spoofed.pcap, nothing",
                "StopDDoS+packet-captures, amp.TCP.reflection.SYNACK.pcap, nothing",
                "OISF+suricata-verify, tests/detect-itype-prefilter/icmpv4-ping.pcap, dos",
                "zeek+zeek, testing/btest/Traces/igmp/igmp-many-groups.pcap, scan scan scan",
                "zeek+zeek, testing/btest/Traces/ntp/ntp.pcap, scan",
                "zeek+zeek, testing/btest/Traces/rfb/vnc-scanner.pcap, nothing",
            })
    void aCaptureMakesTheDetectorsFireThatTheDocumentationLists(String house, String file, String detectors) {
        Commands commands = new Commands();
        String path = TestData.folder("captures").resolve(house).resolve(file).toString();
        assertThat(commands.run("detect", path, "--json")).as(commands.err()).isZero();
        JsonNode found = JsonMapper.shared().readTree(commands.out()).get("detections");
        assertThat(found.valueStream()
                        .map(each -> each.get("detector").asString())
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .isEqualTo(detectors == null ? "" : detectors);
    }
}

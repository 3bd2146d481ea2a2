package org.hinomi.kernel.research;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.research.ResearchTable.Entry;
import org.junit.jupiter.api.Test;

/** Which researcher a source is known as, and by what. */
class ResearchTableTest {
    private static final Researcher SURVEY = new Researcher("Survey", "https://survey.example/");
    private static final Researcher CENSUS = new Researcher("Census", "https://census.example/");

    private final ResearchTable table = new ResearchTable(
            List.of(
                    new Entry(
                            SURVEY,
                            List.of(Prefix.parse("192.0.2.0/24"), Prefix.parse("2001:db8:5::/64")),
                            List.of("survey.example")),
                    new Entry(CENSUS, List.of(Prefix.parse("192.0.2.16/28")), List.of("scan.survey.example"))),
            Map.of(
                    address("198.51.100.7"), "probe-1.survey.example",
                    address("198.51.100.8"), "a.scan.Survey.example",
                    address("198.51.100.9"), "evilsurvey.example",
                    address("192.0.2.17"), "x.survey.example"));

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private String at(String text) {
        ResearchMatch match = table.at(address(text).hi(), address(text).lo());
        return match == null ? "nobody" : match.researcher().name() + " by " + match.matchedBy();
    }

    @Test
    void theMostSpecificPrefixDecides() {
        assertThat(at("192.0.2.1")).isEqualTo("Survey by prefix 192.0.2.0/24");
        assertThat(at("192.0.2.16")).isEqualTo("Census by prefix 192.0.2.16/28");
        assertThat(at("192.0.2.32")).isEqualTo("Survey by prefix 192.0.2.0/24");
        assertThat(at("192.0.3.0")).isEqualTo("nobody");
        assertThat(at("2001:db8:5::1")).isEqualTo("Survey by prefix 2001:db8:5::/64");
        assertThat(at("2001:db8:6::1")).isEqualTo("nobody");
    }

    @Test
    void aNameUnderAKnownOneIsAsSpecificAsItsAddressAndTheLongestNameCounts() {
        assertThat(at("198.51.100.7")).isEqualTo("Survey by name probe-1.survey.example");
        assertThat(at("198.51.100.8")).isEqualTo("Census by name a.scan.Survey.example");
        assertThat(at("192.0.2.17")).isEqualTo("Survey by name x.survey.example");
        assertThat(table.named()).isEqualTo(3);
    }

    @Test
    void aNameThatOnlyEndsAlikeIsNobodys() {
        assertThat(at("198.51.100.9")).isEqualTo("nobody");
        assertThat(at("198.51.100.10")).isEqualTo("nobody");
        assertThat(ResearchTable.EMPTY.at(0, IpAddress.V4_PREFIX)).isNull();
    }
}

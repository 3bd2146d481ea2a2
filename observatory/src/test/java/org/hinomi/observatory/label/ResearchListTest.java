package org.hinomi.observatory.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.research.ResearchMatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a list of researchers takes, and what is told of one that can't be used. */
class ResearchListTest {
    private static final String HEADER = "name,reference,prefixes,reverse_names\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private ResearchList list(String name, String text, String names) throws IOException {
        Optional<Path> known =
                names.isEmpty() ? Optional.empty() : Optional.of(Files.writeString(folder.resolve("names.csv"), names));
        Path file = Files.writeString(folder.resolve(name), text);
        return new ResearchList(Optional.of(file), known, () -> Instant.EPOCH);
    }

    private static String at(ResearchList list, String text) {
        IpAddress address = IpAddress.parse(text).orElseThrow();
        ResearchMatch match = list.at(address.hi(), address.lo());
        return match == null ? "nobody" : match.researcher().name() + " by " + match.matchedBy();
    }

    private void refused(String name, String text, String... said) {
        assertThatThrownBy(() -> list(name, text, "").close())
                .isInstanceOf(ResearchException.class)
                .hasMessageContainingAll(said);
    }

    @Test
    void theSameListAsYamlAndAsCsv() throws IOException {
        String yaml = """
                researchers:
                  - name: Example Survey
                    reference: https://survey.example/about
                    prefixes: [192.0.2.0/28, "2001:db8:5::/64"]
                    reverse_names: [.scan.survey.example]
                """;
        String csv = HEADER
                + "Example Survey,https://survey.example/about,192.0.2.0/28 2001:db8:5::/64,scan.survey.example\n";
        String names = "address,name\n198.51.100.7,probe-1.scan.survey.example.\n198.51.100.8,other.example\n";
        for (String name : List.of("list.yaml", "list.csv")) {
            try (ResearchList list = list(name, name.endsWith(".csv") ? csv : yaml, names)) {
                assertThat(at(list, "192.0.2.15")).isEqualTo("Example Survey by prefix 192.0.2.0/28");
                assertThat(at(list, "2001:db8:5::9")).isEqualTo("Example Survey by prefix 2001:db8:5::/64");
                assertThat(at(list, "198.51.100.7")).isEqualTo("Example Survey by name probe-1.scan.survey.example");
                assertThat(at(list, "198.51.100.8")).isEqualTo("nobody");
                assertThat(list.known().table().named()).isEqualTo(1);
            }
        }
    }

    @Test
    void theExampleOfTheDocsCanBeUsed() throws IOException {
        Path example = Path.of("..", "docs", "operate", "research-scanners.example.yaml");
        try (ResearchList list = new ResearchList(Optional.of(example), Optional.empty(), () -> Instant.EPOCH)) {
            assertThat(list.known().entries()).hasSize(2);
        }
    }

    @Test
    void whatIsWrongIsToldWithFileLineReasonAndRemedy() {
        refused(
                "a.csv",
                HEADER + "A,https://a.example/,192.0.2.1/24,\nB,b,0.0.0.0/0,x\n",
                "a.csv, line 2: '192.0.2.1/24' has bits set behind its length.",
                "write 192.0.2.0/24",
                "Errors in all: 4.");
        refused("a.csv", "name\n", "line 1: The first line is not name,reference", "Begin the file");
        refused("a.csv", HEADER + "A,https://a.example/,,\n", "line 2: It has neither");
        refused("a.csv", HEADER + "A,javascript:alert(1),192.0.2.0/24,\n", "line 2: 'javascript:alert(1)' is no web");
        refused("a.csv", HEADER + "A,https://a.example/,192.0.2.0/24,\"x\n", "A quote is not closed");
        refused(
                "a.csv",
                HEADER + "A,https://a.example/,192.0.2.0/24,\nB,https://b.example/,192.0.2.0/24,\n",
                "line 3: '192.0.2.0/24' is given twice, for 'A' and 'B'.");
        refused("a.yaml", "researchers:\n  - name: A\n    colour: red\n", "a.yaml, line 3: 'colour' means nothing");
        refused("a.yaml", "researchers:\n  - name: [A]\n    name: B\n", "a.yaml, line ");
        refused("a.yaml", "researchers: [", "a.yaml, line 1: This is not YAML");
        refused("a.yaml", "- a\n", "There is no list 'researchers'");
        refused("a.yaml", "", "There is no list 'researchers'");
        refused(
                "a.yaml",
                "researchers:\n  - {name: A, reference: 'https://a.example/', prefixes: 5}\n",
                "line 2: This is no list");
    }

    @Test
    void namesThatCanNotBeUsedAreTold() {
        String good = HEADER + "A,https://a.example/,192.0.2.0/24,\n";
        assertThatThrownBy(
                        () -> list("a.csv", good, "address,name\n192.0.2.1\n").close())
                .hasMessageContaining("names.csv, line 2: This is not an address and a domain name.");
        assertThatThrownBy(() -> list("a.csv", good, "address,name\n192.0.2.1,a.b\n192.0.2.1,c.d\n")
                        .close())
                .hasMessageContaining("line 3: The address 192.0.2.1 is there twice.");
    }

    @Test
    void hugeAndNestedFilesAreBounded() throws IOException {
        StringBuilder many = new StringBuilder(HEADER);
        for (int i = 0; i < 1001; i++) {
            many.append("R")
                    .append(i)
                    .append(",https://a.example/,10.")
                    .append(i / 256)
                    .append('.');
            many.append(i % 256).append(".0/24,\n");
        }
        refused("many.csv", many.toString(), "There are more than 1000 researchers");
        List<String> all = new ArrayList<>(List.of("x: &x [a.b, a.b, a.b, a.b, a.b, a.b, a.b, a.b, a.b, a.b]"));
        refused("bomb.yaml", all.getFirst() + "\nresearchers: [{name: A, reverse_names: *x}]\n", "There is no list");
        StringBuilder bomb =
                new StringBuilder("researchers:\n  - &r {name: A, reference: 'https://a.example/', prefixes: [");
        bomb.append("192.0.2.0/24, ".repeat(1000)).append("]}\n").append("  - *r\n".repeat(900));
        refused("bomb.yaml", bomb.toString(), "This is not YAML that can be used: Number of aliases");
        refused("large.csv", HEADER + "x".repeat(1 << 20), "is larger than 1 MiB");
        Files.write(folder.resolve("latin.csv"), new byte[] {(byte) 0xe9});
        assertThatThrownBy(() -> new ResearchList(
                        Optional.of(folder.resolve("latin.csv")), Optional.empty(), () -> Instant.EPOCH))
                .hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> new ResearchList(
                        Optional.of(folder.resolve("none.yaml")), Optional.empty(), () -> Instant.EPOCH))
                .hasMessageContaining("can't be read");
    }
}

package org.hinomi.observatory.respond.constituent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.respond.constituent.OrganisationCheck.Outcome;
import org.hinomi.observatory.respond.constituent.OrganisationFile.Parsed;
import org.junit.jupiter.api.Test;

/** What somebody wants to register is looked at row by row, and nothing of a file with a wrong row is taken. */
class OrganisationCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-25T09:30:20Z");
    private static final String HEADER = "id,name,prefixes,as_numbers,valid_from\n";
    private static final Organisation CITY =
            new Organisation("city", "City", List.of(Prefix.parse("20.1.0.0/16")), List.of(64_500L), NOW);

    private static Outcome of(String rows) {
        Parsed parsed = OrganisationFile.csv((HEADER + rows).getBytes(StandardCharsets.UTF_8));
        return OrganisationCheck.of(parsed.drafts(), parsed.errors(), List.of(CITY), NOW);
    }

    private static String errors(String rows) {
        Outcome outcome = of(rows);
        assertThat(outcome.errors()).isNotEmpty().allMatch(error -> error.remedy() != null);
        return outcome.errors().stream()
                .map(error -> error.line() + " " + error.column() + " " + error.reason())
                .reduce((a, b) -> a + "\n" + b)
                .orElseThrow();
    }

    @Test
    void aGoodRowIsTakenFromThisMinuteOnOrFromWhenItSays() {
        Outcome outcome = of("school,\"School, \"\"North\"\"\",20.2.0.0/16 2a00:1::/32,AS64501; 64502,\r\n\r\n"
                + "clinic,診療所,20.3.0.1,,2026-01-01T00:00:00Z\n");
        assertThat(outcome.errors()).isEmpty();
        Organisation school = outcome.organisations().getFirst();
        assertThat(school.name()).isEqualTo("School, \"North\"");
        assertThat(school.prefixes()).extracting(Prefix::toString).containsExactly("20.2.0.0/16", "2a00:1::/32");
        assertThat(school.asNumbers()).containsExactly(64_501L, 64_502L);
        assertThat(school.validFrom()).isEqualTo("2026-11-25T09:30:00Z");
        assertThat(outcome.organisations().getLast().validFrom()).isEqualTo("2026-01-01T00:00:00Z");
        byte[] written = OrganisationFile.csv(outcome.organisations()).getBytes(StandardCharsets.UTF_8);
        Parsed again = OrganisationFile.csv(written);
        assertThat(OrganisationCheck.of(again.drafts(), again.errors(), List.of(), NOW)
                        .organisations())
                .isEqualTo(outcome.organisations());
    }

    @Test
    void whatIsNoPrefixIsToldWithItsLineAndWhatWouldBe() {
        assertThat(errors("a,A,20.2.0.0/33,,")).isEqualTo("2 prefixes '20.2.0.0/33' is no prefix.");
        assertThat(errors("a,A,20.2.0.0/16,,\nb,B,20.2.0.1/16,,"))
                .isEqualTo("3 prefixes '20.2.0.1/16' has bits set behind its length.");
        assertThat(errors("a,A,x,,\nb,B,127.0.0.0/8,,"))
                .contains("2 prefixes 'x' is no prefix.", "3 prefixes 127.0.0.0/8", "loopback: no machine sends from");
        assertThat(errors("a,A,0.0.0.0/0,,")).contains("this network");
        assertThat(errors("a,A,::/0,,")).contains("loopback");
    }

    @Test
    void privateAndDocumentationRangesAreOnlyNoted() {
        Outcome outcome = of("a,A,10.1.0.0/16 192.0.2.0/24,,");
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.notes())
                .extracting(RowNote::reason)
                .anyMatch(note -> note.contains("private networks"))
                .anyMatch(note -> note.contains("documentation"));
    }

    @Test
    void thePrefixOfAnotherIsRefusedNamingBothAndOneWithinItIsNoted() {
        assertThat(errors("a,A,20.1.0.0/16,,"))
                .isEqualTo("2 prefixes 20.1.0.0/16 is registered for 'city' and for 'a'.");
        assertThat(errors("a,A,20.2.0.0/16,,\nb,B,20.2.0.0/16,,"))
                .isEqualTo("3 prefixes 20.2.0.0/16 is registered for 'a' and for 'b'.");
        assertThat(errors("a,A,20.2.0.0/16 20.2.0.0/16,,")).contains("stands there twice");
        assertThat(errors("a,A,,64500,")).isEqualTo("2 as_numbers AS64500 is registered for 'city' and for 'a'.");
        Outcome outcome = of("a,A,20.1.7.0/24,,");
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.notes().getFirst().reason())
                .isEqualTo("20.1.7.0/24 of 'a' lies in 20.1.0.0/16 of 'city': it counts for 'a'.");
        assertThat(of("city,City,20.1.0.0/16,64500,").errors()).isEmpty();
    }

    @Test
    void namesIdsNumbersAndTimesAreChecked() {
        assertThat(errors("City Hall,A,20.2.0.0/16,,")).contains("2 id 'City Hall' is no id.");
        assertThat(errors("import,A,20.2.0.0/16,,")).contains("'import' is no id.");
        assertThat(errors("a,A,20.2.0.0/16,,\na,A,20.3.0.0/16,,")).contains("3 id 'a' stands here twice.");
        assertThat(errors("a,,20.2.0.0/16,,")).contains("2 name");
        assertThat(errors("a,A,,,")).contains("2 prefixes 'a' has no network.");
        assertThat(errors("a,A,,0,")).contains("'0' is no AS number.");
        assertThat(errors("a,A,,4294967296,")).contains("'4294967296' is no AS number.");
        assertThat(errors("a,A,20.2.0.0/16,,2026-11-26T00:00:00Z")).contains("is not between 1970 and now.");
        assertThat(errors("a,A,20.2.0.0/16,,yesterday")).contains("'yesterday' is no time.");
    }

    @Test
    void aFileThatIsNoneSaysWhy() {
        assertThat(OrganisationFile.csv("id;name\n".getBytes(StandardCharsets.UTF_8))
                        .errors()
                        .getFirst()
                        .reason())
                .startsWith("The first line is not id,name,");
        assertThat(OrganisationFile.csv(new byte[] {(byte) 0xff})
                        .errors()
                        .getFirst()
                        .reason())
                .contains("UTF-8");
        assertThat(errors("a,A,20.2.0.0/16")).isEqualTo("2 null The row has 3 fields, not 5.");
        assertThat(errors("a,\"A,20.2.0.0/16,,\n")).contains("A quote is not closed.");
        assertThat(OrganisationFile.json("{\"items\": [null]}".getBytes(StandardCharsets.UTF_8))
                        .errors())
                .hasSize(1);
        assertThat(OrganisationFile.json("[".getBytes(StandardCharsets.UTF_8)).errors())
                .hasSize(1);
        String rows = "a,A,20.2.0.0/16,,\n".repeat(OrganisationFile.MOST_ROWS + 1);
        assertThat(of(rows).errors().getFirst().reason()).startsWith("There are more than");
    }

    @Test
    void anyBytesAreRowsOrErrors() {
        Random random = new Random(20_260_301);
        String letters = "a,\"\n\r;/:.019 \u3042";
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(60); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            Outcome outcome = of(text.toString());
            assertThat(outcome.organisations())
                    .allMatch(each -> each.prefixes().size() + each.asNumbers().size() > 0);
        }
    }
}

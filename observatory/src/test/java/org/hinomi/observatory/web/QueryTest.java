package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void valuesAreDecodedAndBlankOnesAreNone() {
        Query query = Query.parse("q=a%20b%2Bc&empty=&flag&class=udp,icmp&class=other,,");
        assertThat(query.text("q")).hasValue("a b+c");
        assertThat(query.text("empty")).isEmpty();
        assertThat(query.text("flag")).isEmpty();
        assertThat(query.text("absent")).isEmpty();
        assertThat(query.list("class")).containsExactly("udp", "icmp", "other");
        assertThat(Query.parse("").list("class")).isEmpty();
    }

    @Test
    void timesMayHaveAnyOffset() {
        Query query = Query.parse("from=2026-11-23T09:30:00%2B09:00&to=yesterday");
        assertThat(query.instant("from")).hasValue(Instant.parse("2026-11-23T00:30:00Z"));
        assertThatThrownBy(() -> query.instant("to"))
                .hasMessageContaining("\"to\" must be a time such as 2026-11-23T09:30:00Z, not \"yesterday\"");
    }

    @Test
    void numbersOutsideTheirBoundsAreRefused() {
        Query query = Query.parse("a=5&b=-1&c=x&d=99999999999999999999");
        assertThat(query.whole("a", 5, 5)).hasValue(5);
        for (String name : new String[] {"b", "c", "d"}) {
            assertThatThrownBy(() -> query.whole(name, 0, 9)).hasMessageContaining("a whole number from 0 to 9");
        }
    }

    @Test
    void parametersNobodyAskedForAreNamedWithWhatIsAllowed() {
        assertThatThrownBy(() -> Query.parse("sensors=x").only("to", "sensor"))
                .hasMessage("Unknown parameter \"sensors\": allowed are sensor, to.");
        assertThatThrownBy(() -> Query.parse("x=1").only()).hasMessageContaining("takes none");
        assertThatThrownBy(() -> Query.parse("a=1&".repeat(60))).hasMessageContaining("at most 50");
        assertThatThrownBy(() -> Query.parse("a=%4")).isInstanceOf(Problem.class);
    }
}

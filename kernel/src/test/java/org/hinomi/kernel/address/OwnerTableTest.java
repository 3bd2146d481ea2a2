package org.hinomi.kernel.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.Seeds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnerTableTest {
    private static final Owner CITY = new Owner("city", "City");
    private static final Owner SCHOOL = new Owner("school", "School");

    private static OwnerTable.Block block(String prefix, Owner owner) {
        return new OwnerTable.Block(Prefix.parse(prefix), owner);
    }

    private static @Nullable Owner at(OwnerTable table, String address) {
        IpAddress parsed = IpAddress.parse(address).orElseThrow();
        return table.at(parsed.hi(), parsed.lo());
    }

    @Test
    void theMostSpecificPrefixDecidesAndAfterItTheOuterOneGoesOn() {
        OwnerTable table = new OwnerTable(
                List.of(
                        block("20.0.0.0/8", CITY),
                        block("20.1.0.0/16", SCHOOL),
                        block("255.255.255.0/24", CITY),
                        block("2a00::/16", SCHOOL)),
                Map.of(),
                Origin.UNKNOWN);
        assertThat(at(table, "20.0.255.255")).isEqualTo(CITY);
        assertThat(at(table, "20.1.0.0")).isEqualTo(SCHOOL);
        assertThat(at(table, "20.1.255.255")).isEqualTo(SCHOOL);
        assertThat(at(table, "20.2.0.0")).isEqualTo(CITY);
        assertThat(at(table, "21.0.0.0")).isNull();
        assertThat(at(table, "19.255.255.255")).isNull();
        assertThat(at(table, "255.255.255.255")).isEqualTo(CITY);
        assertThat(at(table, "::1")).isNull();
        assertThat(at(table, "2a00:ffff::1")).isEqualTo(SCHOOL);
        assertThat(at(table, "2a01::")).isNull();
        assertThat(at(OwnerTable.EMPTY, "20.0.0.1")).isNull();
    }

    @Test
    void theSystemCountsOnlyWhereNoPrefixDoes() {
        Origin origin = new Origin() {
            @Override
            public int country(long hi, long lo) {
                return 0;
            }

            @Override
            public long asn(long hi, long lo) {
                return (int) lo >>> 24 == 30 ? 64_500 : 0;
            }
        };
        OwnerTable table =
                new OwnerTable(List.of(block("30.1.0.0/16", CITY)), Map.of(64_500L, SCHOOL, 0L, CITY), origin);
        assertThat(at(table, "30.1.2.3")).isEqualTo(CITY);
        assertThat(at(table, "30.2.2.3")).isEqualTo(SCHOOL);
        assertThat(at(table, "31.2.2.3")).isNull();
    }

    @Test
    void anyNestingFindsWhatLookingAtEveryPrefixFinds() {
        Seeds.check(10, random -> {
            Map<Prefix, Owner> blocks = new HashMap<>();
            for (int i = 0; i < 30; i++) {
                Prefix prefix =
                        new Prefix(IpAddress.v4(0x1400_0000 | random.nextInt(1 << 12)), 20 + random.nextInt(13));
                blocks.put(prefix, new Owner("o" + i, "O" + i));
            }
            List<OwnerTable.Block> list = new ArrayList<>();
            blocks.forEach((prefix, owner) -> list.add(new OwnerTable.Block(prefix, owner)));
            OwnerTable table = new OwnerTable(list, Map.of(), Origin.UNKNOWN);
            for (int i = -5; i < (1 << 12) + 5; i++) {
                IpAddress address = IpAddress.v4(0x1400_0000 + i);
                Owner expected = blocks.entrySet().stream()
                        .filter(entry -> entry.getKey().contains(address.hi(), address.lo()))
                        .max(java.util.Comparator.comparingInt(
                                entry -> entry.getKey().length()))
                        .map(Map.Entry::getValue)
                        .orElse(null);
                assertThat(table.at(address.hi(), address.lo())).isEqualTo(expected);
            }
        });
    }
}

package org.hinomi.kernel.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.hinomi.kernel.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixSetTest {
    private static PrefixSet set(String... prefixes) {
        return PrefixSet.of(Stream.of(prefixes).map(Prefix::parse).toList());
    }

    private static boolean contains(PrefixSet set, String address) {
        IpAddress parsed = IpAddress.parse(address).orElseThrow();
        return set.contains(parsed.hi(), parsed.lo());
    }

    @Test
    void firstAndLastAddressOfABlockAreInItAndTheirNeighboursAreNot() {
        PrefixSet set = set("198.18.0.0/15", "10.1.2.3", "2001:db8::/32");

        assertThat(contains(set, "198.17.255.255")).isFalse();
        assertThat(contains(set, "198.18.0.0")).isTrue();
        assertThat(contains(set, "198.19.255.255")).isTrue();
        assertThat(contains(set, "198.20.0.0")).isFalse();
        assertThat(contains(set, "10.1.2.3")).isTrue();
        assertThat(contains(set, "10.1.2.4")).isFalse();
        assertThat(contains(set, "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")).isTrue();
        assertThat(contains(set, "2001:db9::")).isFalse();
        assertThat(set.size()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void allOfIpv6HoldsNoIpv4BlockAndTheOtherWayRound() {
        assertThat(contains(set("0.0.0.0/0"), "::1")).isFalse();
        assertThat(contains(set("0.0.0.0/0"), "255.255.255.255")).isTrue();
        assertThat(set("0.0.0.0/0").size()).isEqualTo(1L << 32);
        Prefix v6 = Prefix.parse("::/0");
        assertThat(v6.contains(0, IpAddress.V4_PREFIX | 1)).isFalse();
        assertThat(v6.contains(1, 1)).isTrue();
        assertThat(Prefix.parse("0.0.0.0/0").contains(0, 1)).isFalse();
    }

    @Test
    void overlappingBlocksCountOnce() {
        assertThat(set("198.18.0.0/16", "198.18.0.0/15", "198.19.7.0/24", "198.18.0.0/16")
                        .size())
                .isEqualTo(131_072);
        assertThat(set("198.18.0.0/16", "198.19.0.0/16").size()).isEqualTo(131_072);
        assertThat(set().size()).isZero();
        assertThat(set().isEmpty()).isTrue();
        assertThat(contains(set(), "1.2.3.4")).isFalse();
        assertThat(set("2001:db8::/64").size()).isEqualTo(Long.MAX_VALUE);
        assertThat(set("::/0").size()).isEqualTo(Long.MAX_VALUE);
        assertThat(set("8000::/1", "198.18.0.0/16").size()).isEqualTo(Long.MAX_VALUE);
        assertThat(set("2001:db8::/66").size()).isEqualTo(1L << 62);
    }

    @Test
    void aSetHoldsExactlyWhatItsBlocksHold() {
        Seeds.check(300, random -> {
            List<Prefix> prefixes = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                prefixes.add(small(random));
            }
            PrefixSet set = PrefixSet.of(prefixes);
            Set<Integer> members = new HashSet<>();
            for (int address = 0; address < 1 << 12; address++) {
                IpAddress ip = IpAddress.v4(0xc6120000 | address);
                boolean expected = prefixes.stream().anyMatch(p -> p.contains(ip.hi(), ip.lo()));
                if (set.contains(ip.hi(), ip.lo()) != expected) {
                    assertThat(prefixes).as("%s is in %s", ip, expected).isEmpty();
                }
                if (expected) {
                    members.add(address);
                }
            }
            assertThat(set.size()).isEqualTo(members.size());
            assertThat(set.prefixes()).isEqualTo(prefixes);
        });
    }

    private static Prefix small(Random random) {
        return new Prefix(IpAddress.v4(0xc6120000 | random.nextInt(1 << 12)), 20 + random.nextInt(13));
    }

    @ParameterizedTest
    @CsvSource({
        "198.18.255.7/16, 198.18.0.0/16",
        "198.18.255.7, 198.18.255.7/32",
        "2001:db8::7/32, 2001:db8::/32",
        "2001:db8::7, 2001:db8::7/128",
        "1.2.3.4/0, 0.0.0.0/0",
        "ffff::/1, 8000::/1",
        "1:2:3:4:5:6:7:8/65, 1:2:3:4::/65"
    })
    void hostBitsAreCleared(String given, String written) {
        assertThat(Prefix.parse(given)).hasToString(written);
        assertThat(Prefix.parse(written)).isEqualTo(Prefix.parse(given));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "198.18.0.0/33; '198.18.0.0/33' is not a prefix: the length after '/' must be 0 to 32, not '33'",
                "2001:db8::/129; the length after '/' must be 0 to 128, not '129'",
                "198.18/16; '198.18/16' is not a prefix: '198.18' is not an IPv4 or IPv6 address",
                "198.18.0.0/; the length after '/' must be 0 to 32, not ''",
                "198.18.0.0/-1; must be 0 to 32, not '-1'",
                "198.18.0.0/1e1; must be 0 to 32, not '1e1'",
                "198.18.0.0/16/2; must be 0 to 32, not '16/2'",
                "198.18.0.0/99999999999; must be 0 to 32"
            })
    void whatIsNoPrefixIsToldWithItsText(String text, String message) {
        assertThatThrownBy(() -> Prefix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void sizesAreExact() {
        assertThat(Prefix.parse("10.0.0.0/8").size()).isEqualTo(BigInteger.valueOf(1 << 24));
        assertThat(Prefix.parse("::/0").size()).isEqualTo(BigInteger.TWO.pow(128));
        assertThat(Prefix.parse("198.18.0.0/15").last()).hasToString("198.19.255.255");
        assertThat(Prefix.parse("2001:db8::/33").last()).hasToString("2001:db8:7fff:ffff:ffff:ffff:ffff:ffff");
        assertThatThrownBy(() -> new Prefix(IpAddress.v4(0), 33)).hasMessageContaining("outside 0..32");
        assertThatThrownBy(() -> new Prefix(IpAddress.v4(0), -1)).hasMessageContaining("outside 0..32");
    }
}

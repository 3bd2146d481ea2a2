package org.hinomi.kernel.anonymise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.address.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CryptoPanTest {
    private static final byte[] KEY = new byte[CryptoPan.KEY_BYTES];

    static {
        new Random(5).nextBytes(KEY);
    }

    /** The key of the authors' sample, with which its traces were made. */
    private static byte[] sampleKey() {
        int[] numbers = {
            21, 34, 23, 141, 51, 164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16, 216, 152, 143, 131, 121, 121, 101, 39,
            98, 87, 76, 45, 42, 132, 34, 2
        };
        byte[] key = new byte[numbers.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) numbers[i];
        }
        return key;
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "128.11.68.132, 135.242.180.132",
        "129.118.74.4, 134.136.186.123",
        "141.223.7.43, 141.167.8.160",
        "24.5.0.80, 100.9.15.210",
        "::1, 78ff:f001:9fc0:20df:8380:b1f1:704:ed",
        "2001:db8::1, 4401:2bc:603f:d91d:27f:ff8e:e6f1:dc1e"
    })
    void publishedExamplesGiveTheirPseudonyms(String address, String pseudonym) {
        assertThat(new CryptoPan(sampleKey()).pseudonym(address(address))).hasToString(pseudonym);
    }

    @Test
    void twoAddressesShareAsLongAPrefixAsTheirPseudonyms() {
        CryptoPan pan = new CryptoPan(KEY);
        Seeds.check(300, random -> {
            boolean v4 = random.nextBoolean();
            IpAddress one = v4 ? IpAddress.v4(random.nextInt()) : new IpAddress(random.nextLong(), random.nextLong());
            int bit = random.nextInt(one.bits());
            IpAddress other = flip(one, bit);

            assertThat(sharedBits(pan.pseudonym(one), pan.pseudonym(other))).isEqualTo(one.bits() - 1 - bit);
            assertThat(pan.pseudonym(one).isV4()).isEqualTo(v4);
        });
    }

    private static IpAddress flip(IpAddress address, int bit) {
        return bit < 64
                ? new IpAddress(address.hi(), address.lo() ^ 1L << bit)
                : new IpAddress(address.hi() ^ 1L << bit - 64, address.lo());
    }

    private static int sharedBits(IpAddress one, IpAddress other) {
        BigInteger differ = new BigInteger(Long.toUnsignedString(one.hi() ^ other.hi()))
                .shiftLeft(64)
                .or(new BigInteger(Long.toUnsignedString(one.lo() ^ other.lo())));
        return one.bits() - differ.bitLength();
    }

    @Test
    void noTwoAddressesOfABlockShareAPseudonym() {
        CryptoPan pan = new CryptoPan(KEY);
        Set<IpAddress> seen = new HashSet<>();
        for (int i = 0; i < 1 << 12; i++) {
            assertThat(seen.add(pan.pseudonym(IpAddress.v4(0xc612_0000 | i)))).isTrue();
        }
    }

    @Test
    void anotherKeyGivesAnotherPseudonym() {
        byte[] other = KEY.clone();
        other[31] ^= 1;
        assertThat(new CryptoPan(other).pseudonym(address("198.18.1.2")))
                .isNotEqualTo(new CryptoPan(KEY).pseudonym(address("198.18.1.2")));
        assertThat(new CryptoPan(KEY).pseudonym(address("198.18.1.2")))
                .isEqualTo(new CryptoPan(KEY).pseudonym(address("198.18.1.2")));
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new CryptoPan(new byte[16])).hasMessage("a key has 32 bytes, not 16");
    }
}

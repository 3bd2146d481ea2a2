package org.hinomi.kernel.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Random;
import org.hinomi.kernel.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "198.18.0.9, 198.18.0.9",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "2001:DB8::1, 2001:db8::1",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "0:0:1::, 0:0:1::",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::ffff:c000:201, 192.0.2.1",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "::fffe:1.2.3.4, ::fffe:102:304"
    })
    void addressesAreWrittenAsRfc5952Asks(String given, String written) {
        assertThat(IpAddress.parse(given).map(IpAddress::toString)).contains(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.04",
                "1.2..4",
                ".1.2.3.4",
                "1.2.3.4.",
                "1.2.3.-4",
                "1.2.3.4 ",
                "+1.2.3.4",
                "0x1.2.3.4",
                "1.2.3.1000",
                "１.2.3.4",
                ":",
                ":::",
                "1:",
                ":1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "g::",
                "1::%eth0",
                "[::1]",
                "::1.2.3",
                "::1.2.3.4.5",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3.4:5",
                "localhost",
                "::ffff:1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0.1"
            })
    void otherTextsAreNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void everyAddressIsReadBackAsItWasWritten() {
        Seeds.check(3000, random -> {
            IpAddress address = random(random);
            String text = address.toString();
            assertThat(IpAddress.parse(text)).contains(address);
            assertThat(IpAddress.parse(text.toUpperCase(Locale.ROOT))).contains(address);
            assertThat(text).isLowerCase().doesNotContain(":::");
        });
    }

    @Test
    void javaReadsTheTextsAlike() {
        Seeds.check(3000, random -> {
            IpAddress address = random(random);
            byte[] bytes = InetAddress.ofLiteral(address.toString()).getAddress();
            ByteBuffer expected = ByteBuffer.allocate(16).putLong(address.hi()).putLong(address.lo());
            assertThat(bytes)
                    .isEqualTo(
                            address.isV4()
                                    ? ByteBuffer.allocate(4)
                                            .putInt(address.v4())
                                            .array()
                                    : expected.array());
        });
    }

    private static IpAddress random(Random random) {
        if (random.nextInt(4) == 0) {
            return IpAddress.v4(random.nextInt());
        }
        long[] halves = new long[2];
        for (int group = 0; group < 8; group++) {
            int value = random.nextInt(2) == 0 ? 0 : random.nextInt(1 << (1 + random.nextInt(16)));
            halves[group / 4] = halves[group / 4] << 16 | value;
        }
        return new IpAddress(halves[0], halves[1]);
    }

    @Test
    void noTextMakesTheReaderFail() {
        String letters = "0123456789abcdefABCDEF:.%/ xg-";
        Seeds.check(5000, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            IpAddress.parse(text.toString())
                    .ifPresent(address ->
                            assertThat(IpAddress.parse(address.toString())).contains(address));
        });
    }

    @Test
    void addressesAreInOrderOfTheirNumbers() {
        assertThat(IpAddress.v4(-1)).isGreaterThan(IpAddress.v4(1));
        assertThat(new IpAddress(-1, 0)).isGreaterThan(new IpAddress(1, -1));
        assertThat(IpAddress.v4(1).bits()).isEqualTo(32);
        assertThat(new IpAddress(0, 1).bits()).isEqualTo(128);
    }
}

package org.hinomi.observatory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.anonymise.CryptoPan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sample traces that the authors of Crypto-PAn published. */
@Tag("conformance")
class CryptoPanConformanceTest {
    private static final int[] SAMPLE_KEY = {
        21, 34, 23, 141, 51, 164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16, 216, 152, 143, 131, 121, 121, 101, 39, 98,
        87, 76, 45, 42, 132, 34, 2
    };

    private static String pseudonym(String address) {
        byte[] key = new byte[SAMPLE_KEY.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) SAMPLE_KEY[i];
        }
        return new CryptoPan(key)
                .pseudonym(IpAddress.parse(address).orElseThrow())
                .toString();
    }

    private static List<String> lines(String name) throws IOException {
        Path file = TestData.folder("cryptopan").resolve(name);
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void theExampleGivesItsOutput() throws IOException {
        List<String> given = lines("test_expected_input.txt");
        List<String> expected = lines("test_expected_output.txt");

        assertThat(given).isNotEmpty();
        assertThat(given.stream().map(CryptoPanConformanceTest::pseudonym)).containsExactlyElementsOf(expected);
    }

    @Test
    void theSampleTraceGivesTheSanitizedTrace() throws IOException {
        List<String> expected = lines("sample_trace_sanitized.dat");
        List<String> found = lines("sample_trace_raw.dat").stream()
                .map(line -> {
                    int address = line.lastIndexOf('\t') + 1;
                    return line.substring(0, address) + pseudonym(line.substring(address));
                })
                .toList();

        assertThat(found).hasSizeGreaterThan(50).containsExactlyElementsOf(expected);
    }
}

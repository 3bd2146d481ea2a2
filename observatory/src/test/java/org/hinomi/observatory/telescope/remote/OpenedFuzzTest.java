package org.hinomi.observatory.telescope.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.List;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.wire.batch.RefusedException;

/** Whatever bytes a sensor sends, they are a batch or refused with a sentence. */
class OpenedFuzzTest {
    private static final FingerprintCatalogue CATALOGUE = KernelData.fingerprints();
    private static final Sensor SENSOR =
            new Sensor("osaka", "", 0, 0, Sensor.Origin.LIVE, PrefixSet.of(List.of(Prefix.parse("198.18.0.0/16"))));

    @FuzzTest
    void bytesAreABatchOrRefused(byte[] bytes) {
        try {
            Opened opened = Opened.of(bytes, SENSOR, CATALOGUE, Instant.EPOCH);
            assertThat(opened.header().sensor()).isEqualTo("osaka");
        } catch (RefusedException e) {
            assertThat(e.getMessage()).endsWith(".");
        }
    }
}

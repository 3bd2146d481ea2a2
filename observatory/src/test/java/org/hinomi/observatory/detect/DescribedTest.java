package org.hinomi.observatory.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.junit.jupiter.api.Test;

/** Detectors are described in both languages, with what was measured of them. */
class DescribedTest {
    private final List<Detector<?>> detectors = DetectorCatalogue.all(Map.of(), List.of(), DeviceCatalogue.EMPTY);

    @Test
    void everythingIsToldInJapaneseToo() {
        for (Detector<?> detector : detectors) {
            Described described = Described.of(detector);
            assertThat(described.meaningJa()).as(described.id()).isNotEqualTo(described.meaning());
            for (Map<String, Object> parameter : described.parameters()) {
                String name = described.id() + "." + parameter.get("name");
                assertThat(parameter.get("meaning_ja")).as(name).isNotEqualTo(parameter.get("meaning"));
                assertThat(parameter.get("unit_ja")).as(name).isNotEqualTo(parameter.get("unit"));
            }
        }
    }

    @Test
    void whatWasMeasuredIsOfDetectorsThatThereAre() {
        Measured measured = Described.MEASURED;
        assertThat(measured.date()).matches("20[0-9]{2}-[0-9]{2}-[0-9]{2}");
        assertThat(measured.days()).isPositive();
        List<String> ids =
                detectors.stream().map(each -> each.declaration().id()).toList();
        for (Measured.Row row : measured.rows()) {
            assertThat(ids).containsAll(row.detectors());
            assertThat(row.precision()).isBetween(0.0, 1.0);
            assertThat(row.recall()).isBetween(0.0, 1.0);
        }
        assertThat(measured.of("scan")).extracting(Measured.Row::what).contains("scan_events");
        assertThat(measured.of("family")).as("there is no truth to hold it to").isEmpty();
    }

    @Test
    void aWrongLineOfWordsIsNamed() {
        assertThatThrownBy(() -> new JapaneseWords("# a\nscan\n")).hasMessageContaining("line 2");
    }
}

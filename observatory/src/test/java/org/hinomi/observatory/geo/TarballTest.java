package org.hinomi.observatory.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarballTest {
    @TempDir
    Path folder;

    private Path tarball = Path.of("");

    @BeforeEach
    void pack() throws IOException {
        tarball = folder.resolve("a.tgz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tarball))) {
            out.write(GeoFixture.entry("package/../escape", "bad".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            out.write(GeoFixture.entry("package/first.txt", "first".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            out.write(GeoFixture.entry("package/second.txt", new byte[1500]));
            out.write(new byte[1024]);
        }
    }

    @Test
    void onlyWantedFilesAreWrittenAndMissingOnesAreNamed() throws IOException {
        assertThat(Tarball.extract(tarball, List.of("second.txt", "third.txt", "first.txt"), folder))
                .containsExactly("third.txt");
        assertThat(folder.resolve("first.txt")).hasContent("first");
        assertThat(folder.resolve("second.txt")).hasSize(1500);
        assertThat(folder.resolve("../escape")).doesNotExist();
    }

    @Test
    void aTarballCutAtAnyByteIsDamagedOrLacksFiles() throws IOException {
        byte[] sound = Files.readAllBytes(tarball);
        Path cut = folder.resolve("cut.tgz");
        int lacking = 0;
        for (int length = 0; length < sound.length; length++) {
            Files.write(cut, Arrays.copyOf(sound, length));
            try {
                List<String> missing = Tarball.extract(cut, List.of("first.txt", "second.txt"), folder);
                lacking += missing.isEmpty() ? 0 : 1;
            } catch (GeoException e) {
                assertThat(e).hasMessageContaining("cut.tgz is damaged");
                lacking++;
            }
        }
        assertThat(lacking).isGreaterThan(sound.length / 2);
    }

    @Test
    void anEntryWithoutAUsableSizeIsDamage() throws IOException {
        byte[] entry = GeoFixture.entry("package/first.txt", "first".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Arrays.fill(entry, 124, 136, (byte) 'x');
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(tarball))) {
            out.write(entry);
        }
        assertThatThrownBy(() -> Tarball.extract(tarball, List.of("first.txt"), folder))
                .isInstanceOf(GeoException.class)
                .hasMessageContaining("no usable size");
    }
}

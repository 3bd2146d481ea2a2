package org.hinomi.observatory.telescope;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.rollup.PortCatalogue;

/** The data files that come with the program. */
public final class KernelData {
    private KernelData() {}

    /** The fingerprint rules that come with the program. */
    public static FingerprintCatalogue fingerprints() {
        return FingerprintCatalogue.parse(text("fingerprints.txt"));
    }

    /** The services by port that come with the program. */
    public static PortCatalogue ports() {
        return PortCatalogue.parse(text("ports.txt"));
    }

    private static String text(String name) {
        String resource = "/org/hinomi/kernel/" + name;
        try (InputStream stream = Objects.requireNonNull(KernelData.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

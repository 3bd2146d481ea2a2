package org.hinomi.observatory.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.cli.config.SensorSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.telescope.sensor.CaptureSource;
import org.hinomi.observatory.telescope.sensor.DirectorySource;
import org.hinomi.observatory.telescope.sensor.InterfaceSource;
import org.hinomi.observatory.telescope.sensor.PacketSource;
import org.hinomi.observatory.telescope.sensor.PipeSource;
import org.hinomi.observatory.telescope.sensor.SourceException;

/** Where the sensors of the settings take their packets from, open before anything else is begun. */
final class SensorSources implements AutoCloseable {
    private final Map<String, PacketSource> sources = new HashMap<>();

    private SensorSources() {}

    /**
     * Opens all of them.
     *
     * @throws SourceException with one sentence when one can't be opened; then none is open
     */
    static SensorSources open(RunSettings settings, InstantSource clock) {
        SensorSources opened = new SensorSources();
        try {
            for (SensorSettings sensor : settings.sensors()) {
                if (here(sensor)) {
                    PacketSource source = source(sensor, clock);
                    opened.sources.put(sensor.name(), source);
                    source.open();
                }
            }
        } catch (SourceException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** Whether a sensor's packets come to this process. */
    static boolean here(SensorSettings sensor) {
        return !(sensor.source() instanceof Source.Remote || sensor.source() instanceof Source.Cluster);
    }

    static PacketSource source(SensorSettings sensor, InstantSource clock) {
        return switch (sensor.source()) {
            case Source.Files(List<String> files, double speed) -> new CaptureSource(files, speed, clock);
            case Source.Directory(Path path, boolean remove, Optional<Path> moveTo) ->
                new DirectorySource(path, remove, moveTo, clock);
            case Source.Pipe(String name) -> new PipeSource(name, clock);
            case Source.Interfaces live -> new InterfaceSource(live.rings(), PrefixSet.of(sensor.darknet()), clock);
            case Source.Remote _, Source.Cluster _ -> throw new IllegalArgumentException("it is elsewhere: " + sensor);
        };
    }

    PacketSource of(String sensor) {
        return Objects.requireNonNull(sources.get(sensor), sensor);
    }

    @Override
    public void close() {
        sources.values().forEach(PacketSource::close);
    }
}

package org.hinomi.observatory.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owners;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.detect.DetectionRoutes;
import org.hinomi.observatory.detect.DetectionStore;
import org.hinomi.observatory.detect.DetectorEngine;
import org.hinomi.observatory.detect.DeviceRoutes;
import org.hinomi.observatory.detect.OwnRoutes;
import org.hinomi.observatory.detect.TowerReference;
import org.hinomi.observatory.label.ResearchList;
import org.hinomi.observatory.label.ResearchRoutes;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.sensor.Sensors;
import org.hinomi.observatory.telescope.sensor.Station;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.metrics.Metrics;
import org.hinomi.observatory.web.stream.Hub;

/** The detectors of a tower: built before its sensors, so that no segment is missed, and started with them. */
final class Detectors implements AutoCloseable {
    private final List<Detector<?>> detectors;
    private final DetectionStore store;
    private final DetectorEngine engine;
    private final Hub hub;
    private final ResearchList researchers;
    private final DeviceCatalogue devices = KernelData.devices();

    Detectors(
            RunSettings settings,
            Path data,
            ControlStore control,
            FingerprintCatalogue catalogue,
            SegmentLog log,
            Owners owners,
            Origin origin,
            ResearchList researchers,
            Hub hub) {
        this.hub = hub;
        this.researchers = researchers;
        this.detectors = DetectorCatalogue.all(settings.detectors(), catalogue.packetRules(), devices);
        this.store = new DetectionStore(control.jdbi());
        Path snapshot = data.resolve("detectors").resolve("states.snapshot");
        this.engine = new DetectorEngine(
                detectors, log, snapshot, new TowerReference(owners, origin, researchers), store, this::found);
    }

    /**
     * What is told live: enough to show that there is something new; the rest is asked for. All who listen get the same,
     * so of a detection that not everybody may see there is no key.
     */
    private record Notice(String id, int revision, String detector, String sensor, String key, boolean ended) {}

    private void found(List<Detection> detections) {
        for (Detection found : detections) {
            hub.publish(
                    "detection",
                    new Notice(
                            found.id(),
                            found.revision(),
                            found.detector(),
                            found.stream(),
                            DetectionRoutes.isForAll(found.detector()) ? found.key() : "",
                            found.ended()));
        }
    }

    /** What a cluster found is told as what was found here. */
    void foundElsewhere(List<DetectionStore.Stored> detections) {
        for (DetectionStore.Stored found : detections) {
            hub.publish(
                    "detection",
                    new Notice(
                            found.id(),
                            found.revision(),
                            found.detector(),
                            found.sensor(),
                            DetectionRoutes.isForAll(found.detector()) ? key(found) : "",
                            found.ended()));
        }
    }

    /** The key as the detector itself writes it: of the fields that it declares for that. */
    private String key(DetectionStore.Stored found) {
        Map<String, Object> fields = new HashMap<>(found.values());
        fields.put("source", found.source());
        fields.put("traffic", found.traffic());
        fields.put("kind", found.kind());
        fields.put("port", found.port());
        return detectors.stream()
                .map(Detector::declaration)
                .filter(declared -> declared.id().equals(found.detector()))
                .flatMap(declared -> declared.keys().stream())
                .map(name -> String.valueOf(fields.getOrDefault(name, "")))
                .collect(Collectors.joining(" "));
    }

    /** All of them. */
    List<Detector<?>> all() {
        return detectors;
    }

    void start(Sensors sensors) {
        Map<String, Long> dark = new HashMap<>();
        Map<String, Station> runs = new HashMap<>();
        for (Station run : sensors.runs()) {
            dark.put(run.sensor().name(), run.sensor().darknet().v4Size());
            runs.put(run.sensor().name(), run);
        }
        researchers.start();
        engine.start(dark, stream -> {
            Station run = runs.get(stream);
            return run != null && run.state() == Station.State.ENDED;
        });
    }

    List<Route> routes(Sensors sensors, Origin origin) {
        List<Route> routes = new ArrayList<>(new DetectionRoutes(store, all(), sensors::sensors, origin).routes());
        routes.addAll(new OwnRoutes(store, sensors::sensors).routes());
        routes.addAll(new DeviceRoutes(store, sensors::sensors, origin, devices).routes());
        routes.addAll(new ResearchRoutes(researchers).routes());
        return routes;
    }

    void watch(Metrics metrics) {
        metrics.check("detectors", () -> engine.trouble().isEmpty());
        metrics.check("research_scanners", () -> researchers.trouble().isEmpty());
        metrics.counter("hinomi_detector_lost_total", "What detectors had no room or time for", engine::lost);
        metrics.gauge(
                "hinomi_detector_backlog_minutes", "Stored minutes that detectors have yet to see", engine::backlog);
    }

    void retain(Sensors sensors, long oldest) {
        store.retain(sensors.aging(), oldest);
    }

    @Override
    public void close() {
        engine.close();
    }
}

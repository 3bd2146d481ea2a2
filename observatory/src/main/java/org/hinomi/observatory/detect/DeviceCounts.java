package org.hinomi.observatory.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.device.DeviceKind;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.jspecify.annotations.Nullable;

/** Infected sources with the device that each probably is, a source once: as the surest of its detections says. */
final class DeviceCounts {
    private static final String MEDIUM = "medium";
    private static final List<String> SURE = List.of("none", "low", MEDIUM);

    private final DeviceCatalogue devices;
    private final Origin origin;
    private final Map<String, Infected> sources = new LinkedHashMap<>();

    DeviceCounts(DeviceCatalogue devices, Origin origin) {
        this.devices = devices;
        this.origin = origin;
    }

    /** An infected source. */
    record Infected(
            String source,
            @Nullable String country,
            List<String> kinds,
            String confidence,
            List<String> because,
            String detector,
            @Nullable String family,
            String sensor,
            Instant last) {}

    /**
     * How many sources are of a kind.
     *
     * @param alone those that are of no other
     * @param among those that may as well be of another
     * @param medium of those alone, the ones that are sure to medium
     */
    record Counted(String kind, int alone, int among, int medium) {}

    /** Takes a detection; newer ones come first. */
    void add(Stored stored) {
        Map<String, Object> fields = stored.values();
        if (!isInfected(stored.detector(), fields)) {
            return;
        }
        Infected infected = new Infected(
                stored.source(),
                country(stored.source()),
                texts(fields.get("device")),
                String.valueOf(fields.getOrDefault("device_confidence", SURE.getFirst())),
                texts(fields.get("device_because")),
                stored.detector(),
                fields.get("family") instanceof String family ? family : null,
                stored.sensor(),
                Instant.ofEpochSecond(Math.floorDiv(stored.seen(), 1_000_000)));
        sources.merge(stored.source(), infected, (known, more) -> sure(more) > sure(known) ? more : known);
    }

    private static int sure(Infected infected) {
        return SURE.indexOf(infected.confidence);
    }

    /** A bot by its marks, or a machine of an organisation that scans and was not forged by all signs. */
    private boolean isInfected(String detector, Map<String, Object> fields) {
        if (Boolean.TRUE.equals(fields.get("researcher"))) {
            return false;
        }
        return detector.equals(DetectionRoutes.OWN)
                ? "scan".equals(fields.get("cause")) && !"unproven".equals(fields.get("grade"))
                : fields.get("family") instanceof String family && devices.isBot(family);
    }

    private @Nullable String country(String source) {
        int code = IpAddress.parse(source)
                .map(address -> origin.country(address.hi(), address.lo()))
                .orElse(0);
        return code == 0 ? null : "" + (char) (code >>> 8) + (char) (code & 0xff);
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    List<Infected> sources() {
        return new ArrayList<>(sources.values());
    }

    int unknown() {
        return (int)
                sources.values().stream().filter(each -> each.kinds.isEmpty()).count();
    }

    /** Every kind, also those of which there is none. */
    List<Counted> counted() {
        List<Counted> counted = new ArrayList<>();
        for (DeviceKind kind : DeviceKind.values()) {
            int alone = 0;
            int among = 0;
            int medium = 0;
            for (Infected each : sources.values()) {
                boolean is = each.kinds.contains(kind.id());
                boolean single = each.kinds.size() == 1;
                alone += is && single ? 1 : 0;
                among += is && !single ? 1 : 0;
                medium += is && single && each.confidence.equals(MEDIUM) ? 1 : 0;
            }
            counted.add(new Counted(kind.id(), alone, among, medium));
        }
        return counted;
    }
}

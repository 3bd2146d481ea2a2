package org.hinomi.scale.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.detect.KeyStage;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.rollup.PortCatalogue;
import org.hinomi.kernel.rollup.PortTest;

/**
 * What the steps know beside the traffic, as text that can be sent to them; each step makes of it what it needs.
 *
 * @param fingerprints the fingerprint rules
 * @param darknets the dark prefixes of each sensor, separated by commas
 * @param parameters of detectors that are not standard, by detector and name
 * @param stateBytes the most bytes of the detectors' states of a sensor, about
 */
public record Knowledge(
        String fingerprints, Map<String, String> darknets, Map<String, Map<String, Long>> parameters, long stateBytes)
        implements Serializable {
    /** Keeps copies. */
    public Knowledge {
        darknets = new TreeMap<>(darknets);
        parameters = new TreeMap<>(parameters);
    }

    /** The fingerprint rules that come with the program. */
    public static String usualFingerprints() {
        return text("fingerprints.txt");
    }

    private static String text(String name) {
        String resource = "/org/hinomi/kernel/" + name;
        try (InputStream stream = Objects.requireNonNull(Knowledge.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fingerprint rules. */
    public FingerprintCatalogue catalogue() {
        return FingerprintCatalogue.parse(fingerprints);
    }

    /** The ports of devices. */
    public PortTest iotPorts() {
        return PortCatalogue.parse(text("ports.txt"));
    }

    /**
     * The detectors that bring tuples together by their source, or the others.
     *
     * @param whole whether the others are meant
     */
    public List<Detector<?>> detectors(boolean whole) {
        return detectors().stream()
                .filter(each -> whole == (each.declaration().stage() != KeyStage.SOURCE))
                .toList();
    }

    /** All detectors. */
    public List<Detector<?>> detectors() {
        return DetectorCatalogue.all(parameters, catalogue().packetRules(), DeviceCatalogue.parse(text("devices.txt")));
    }

    /** The dark addresses of each sensor of which they are known. */
    public Map<String, PrefixSet> dark() {
        Map<String, PrefixSet> dark = new HashMap<>();
        darknets.forEach((sensor, prefixes) -> dark.put(
                sensor,
                PrefixSet.of(Stream.of(prefixes.split(","))
                        .map(String::strip)
                        .map(Prefix::parse)
                        .toList())));
        return dark;
    }

    /** What detectors may ask. */
    public Reference reference() {
        Map<String, PrefixSet> dark = dark();
        return (sensor, minute) -> {
            PrefixSet known = dark.get(sensor);
            return known == null ? 0 : known.v4Size();
        };
    }
}

package org.hinomi.observatory.cli.config;

import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.detect.Parameter;

/** Reads the parameters of detectors: those that each declares, within the bounds that it declares. */
final class DetectorSettings {
    private DetectorSettings() {}

    /** The parameters that are set, by detector and name. */
    static Map<String, Map<String, Long>> read(ConfigNode root) {
        Map<String, Map<String, Long>> given = new TreeMap<>();
        root.node("detectors").ifPresent(node -> {
            node.only(DetectorCatalogue.declarations().stream()
                    .map(Declaration::id)
                    .toArray(String[]::new));
            for (Declaration detector : DetectorCatalogue.declarations()) {
                node.node(detector.id()).ifPresent(own -> given.put(detector.id(), parameters(detector, own)));
            }
        });
        return given;
    }

    private static Map<String, Long> parameters(Declaration detector, ConfigNode node) {
        Map<String, Long> given = new TreeMap<>();
        node.only(detector.parameters().stream().map(Parameter::name).toArray(String[]::new));
        for (Parameter parameter : detector.parameters()) {
            node.whole(parameter.name(), (int) parameter.least(), (int) parameter.most())
                    .ifPresent(value -> given.put(parameter.name(), value.longValue()));
        }
        return given;
    }
}

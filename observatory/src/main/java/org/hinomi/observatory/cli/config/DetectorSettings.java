package org.hinomi.observatory.cli.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.Parameter;
import org.hinomi.kernel.detect.ScanEvents;

/** Reads the parameters of detectors: those that each declares, within the bounds that it declares. */
final class DetectorSettings {
    private DetectorSettings() {}

    /** The parameters of the scan detector that are set, by name. */
    static Map<String, Long> scan(ConfigNode root) {
        Declaration scan = new ScanEvents(Map.of(), List.of()).declaration();
        Map<String, Long> given = new TreeMap<>();
        root.node("detectors")
                .map(node -> node.only(scan.id()))
                .flatMap(node -> node.node(scan.id()))
                .ifPresent(node -> {
                    node.only(scan.parameters().stream().map(Parameter::name).toArray(String[]::new));
                    for (Parameter parameter : scan.parameters()) {
                        node.whole(parameter.name(), (int) parameter.least(), (int) parameter.most())
                                .ifPresent(value -> given.put(parameter.name(), value.longValue()));
                    }
                });
        return given;
    }
}

package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.device.DeviceJudgement;
import org.hinomi.kernel.device.DeviceKind;
import org.hinomi.kernel.device.DeviceRule;
import org.hinomi.kernel.device.Evidence;
import org.hinomi.kernel.device.HeaderShare;

/** The fields that tell what device a source probably is. */
final class DeviceFields {
    private static final List<FieldMeaning> MEANINGS = List.of(
            new FieldMeaning(
                    "device",
                    "names",
                    "What it probably is: router, ip_camera, recorder, nas, android, windows or linux_server, several that are"
                            + " not told apart, or none: unknown."),
            new FieldMeaning("device_confidence", "text", "none, low or medium."),
            new FieldMeaning("device_because", "names", "The rules of the device catalogue that hold."));

    private DeviceFields() {}

    /** Fields with those of devices after them. */
    static List<FieldMeaning> after(List<FieldMeaning> fields) {
        List<FieldMeaning> all = new ArrayList<>(fields);
        all.addAll(MEANINGS);
        return all;
    }

    /** All that is seen of a source. */
    static List<Evidence> evidence(
            SortedMap<String, Long> ports, long packets, Map<String, Long> matches, long syns, HeaderShare headers) {
        List<Evidence> evidence = new ArrayList<>(headers.evidence());
        ports.forEach((port, count) -> evidence.add(new Evidence.Port(port, count, packets)));
        matches.forEach((mark, count) -> evidence.add(new Evidence.Mark(mark, count, syns)));
        return evidence;
    }

    /** Adds their values. */
    static DetectionFields add(DetectionFields fields, DeviceCatalogue devices, List<Evidence> evidence) {
        DeviceJudgement judged = devices.judge(evidence);
        return fields.names(
                        "device", judged.kinds().stream().map(DeviceKind::id).toList())
                .text("device_confidence", judged.confidence().id())
                .names(
                        "device_because",
                        judged.rules().stream()
                                .map(DeviceRule::name)
                                .limit(FieldValue.MOST)
                                .toList());
    }
}

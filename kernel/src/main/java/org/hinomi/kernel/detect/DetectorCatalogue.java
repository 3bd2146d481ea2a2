package org.hinomi.kernel.detect;

import java.util.List;
import java.util.Map;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.fingerprint.Fingerprint;

/** All detectors there are. */
public final class DetectorCatalogue {
    private DetectorCatalogue() {}

    /**
     * All detectors, in the order in which they are described.
     *
     * @param given parameters that are not standard, by detector and name
     * @param rules the packet rules in lane order
     * @param devices by what sources' devices are judged
     * @throws IllegalArgumentException when a parameter can't be
     */
    public static List<Detector<?>> all(
            Map<String, Map<String, Long>> given, List<Fingerprint> rules, DeviceCatalogue devices) {
        List<String> names = rules.stream().map(Fingerprint::name).toList();
        return List.of(
                new ScanEvents(given.getOrDefault(ScanDeclaration.DECLARATION.id(), Map.of()), names),
                new FamilyVerdicts(given.getOrDefault(FamilyDeclaration.DECLARATION.id(), Map.of()), rules, devices),
                new PortSweeps(given.getOrDefault(SweepDeclaration.DECLARATION.id(), Map.of())),
                new BackscatterAttacks(given.getOrDefault(AttackDeclaration.DECLARATION.id(), Map.of())),
                new OwnMachines(given.getOrDefault(OwnDeclaration.DECLARATION.id(), Map.of()), names, devices),
                surges(SurgeDimension.PORT, given),
                surges(SurgeDimension.COUNTRY, given),
                surges(SurgeDimension.NETWORK, given),
                synchrony(KeyStage.PORT, given, names),
                synchrony(KeyStage.ALL, given, names));
    }

    private static Surges surges(SurgeDimension dimension, Map<String, Map<String, Long>> given) {
        return new Surges(dimension, given.getOrDefault(dimension.detector(), Map.of()));
    }

    private static Synchrony synchrony(KeyStage stage, Map<String, Map<String, Long>> given, List<String> rules) {
        return new Synchrony(stage, given.getOrDefault(SyncDeclaration.of(stage).id(), Map.of()), rules);
    }

    /** What each of them declares. */
    public static List<Declaration> declarations() {
        return List.of(
                ScanDeclaration.DECLARATION,
                FamilyDeclaration.DECLARATION,
                SweepDeclaration.DECLARATION,
                AttackDeclaration.DECLARATION,
                OwnDeclaration.DECLARATION,
                SurgeDeclaration.of(SurgeDimension.PORT),
                SurgeDeclaration.of(SurgeDimension.COUNTRY),
                SurgeDeclaration.of(SurgeDimension.NETWORK),
                SyncDeclaration.of(KeyStage.PORT),
                SyncDeclaration.of(KeyStage.ALL));
    }
}

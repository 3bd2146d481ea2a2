package org.hinomi.observatory.cli;

import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.cli.config.SensorSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.store.segment.Inbox;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.telescope.record.Recorder;
import org.hinomi.observatory.telescope.remote.Intake;
import org.hinomi.observatory.telescope.remote.RemoteRoutes;
import org.hinomi.observatory.telescope.remote.RemoteSensor;
import org.hinomi.observatory.telescope.sensor.Ledger;
import org.hinomi.observatory.telescope.sensor.Sensor.Origin;
import org.jdbi.v3.core.Jdbi;

/** The sensors of the settings that are apart from the tower. */
final class RemoteSensors {
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)\\s*CN=([^,]+)");
    private static final int DNS_NAME = 2;

    private final List<RemoteSensor> sensors = new ArrayList<>();
    private final Map<String, String> byCertificateName = new HashMap<>();
    private final Intake intake;
    private final InstantSource clock;

    /** They are known, and what an earlier process left of their batches is finished. */
    RemoteSensors(
            RunSettings settings,
            SegmentLog log,
            Jdbi jdbi,
            Ledger ledger,
            Recorder recorder,
            FingerprintCatalogue catalogue,
            InstantSource clock) {
        this.clock = clock;
        Path folder = settings.data().resolve("inbox");
        this.intake = new Intake(new Inbox(folder, log), jdbi, ledger, recorder, catalogue, clock);
        intake.settle();
        for (SensorSettings sensor : settings.sensors()) {
            if (sensor.source() instanceof Source.Remote(Optional<String> certificateName)) {
                sensors.add(new RemoteSensor(
                        SensorFactory.described(sensor, Origin.LIVE, PrefixSet.of(sensor.darknet())), clock));
                byCertificateName.put(certificateName.orElse(sensor.name()), sensor.name());
            }
        }
    }

    List<RemoteSensor> all() {
        return List.copyOf(sensors);
    }

    RemoteRoutes routes() {
        return new RemoteRoutes(sensors, intake, Version.text(), clock);
    }

    /** The sensor that a certificate's common name or one of its DNS names stands for. */
    Optional<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        Matcher common =
                COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
        if (common.find()) {
            names.add(common.group(1));
        }
        try {
            Collection<List<?>> others = certificate.getSubjectAlternativeNames();
            for (List<?> other : others == null ? List.<List<?>>of() : others) {
                if (Integer.valueOf(DNS_NAME).equals(other.getFirst())) {
                    names.add(String.valueOf(other.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
        return names.stream().filter(byCertificateName::containsKey).findFirst().map(byCertificateName::get);
    }
}

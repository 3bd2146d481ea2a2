package org.hinomi.observatory.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.campaign.CampaignSettings;
import org.hinomi.observatory.alert.delivery.DeliverySettings;

/**
 * All that {@code hinomi run} can be told.
 *
 * @param data the data directory
 * @param host address or name to listen on
 * @param port TCP port to listen on; 0 takes any free one
 * @param publicUrl where people reach the console if not there
 * @param hostNames more names that requests may ask for
 * @param tlsCertificate PEM certificate chain
 * @param tlsKey PEM private key
 * @param publicDemo whether demo data can be read on this machine without signing in
 * @param publicMetrics whether {@code /metrics} answers anybody on this machine
 * @param sensors the sensors; without any, made-up traffic is shown
 * @param retentionDays how long flow tuples of live sensors are kept
 * @param retentionGigabytes how much disk the observations may take
 * @param mostTuples most flow tuples of a minute held in memory, for each sensor and IP family
 * @param fingerprints a catalogue to use in place of the one that comes with the program
 * @param offline whether nothing may be fetched
 * @param detectors parameters of detectors that are not standard, by detector and name
 * @param tlsClientCa PEM file with the authorities whose client certificates stand for sensors
 * @param scale where a Flink cluster's results are read
 * @param organisations CSV file of organisations that is read at the start
 * @param alerts which detections are alerts
 * @param delivery where alerts may be delivered to
 * @param researchScanners YAML or CSV file of research scanners
 * @param reverseNames CSV file of reverse names by address
 * @param campaigns how sources are grouped into campaigns
 */
public record RunSettings(
        Path data,
        String host,
        int port,
        Optional<String> publicUrl,
        List<String> hostNames,
        Optional<Path> tlsCertificate,
        Optional<Path> tlsKey,
        boolean publicDemo,
        boolean publicMetrics,
        List<SensorSettings> sensors,
        int retentionDays,
        int retentionGigabytes,
        int mostTuples,
        Optional<Path> fingerprints,
        boolean offline,
        Map<String, Map<String, Long>> detectors,
        Optional<Path> tlsClientCa,
        Optional<ScaleSettings> scale,
        Optional<Path> organisations,
        AlertSettings alerts,
        DeliverySettings delivery,
        Optional<Path> researchScanners,
        Optional<Path> reverseNames,
        CampaignSettings campaigns) {

    /** The same with another data directory. */
    public RunSettings withData(Path other) {
        return with(other, port, sensors, offline, organisations);
    }

    /** The same on another port. */
    public RunSettings withPort(int other) {
        return with(data, other, sensors, offline, organisations);
    }

    /** The same with other sensors. */
    public RunSettings withSensors(List<SensorSettings> others) {
        return with(data, port, others, offline, organisations);
    }

    /** The same with organisations of a file. */
    public RunSettings withOrganisations(Path file) {
        return with(data, port, sensors, offline, Optional.of(file));
    }

    /** The same, fetching nothing or not. */
    public RunSettings withOffline(boolean other) {
        return with(data, port, sensors, other, organisations);
    }

    private RunSettings with(
            Path data, int port, List<SensorSettings> sensors, boolean offline, Optional<Path> organisations) {
        return new RunSettings(
                data,
                host,
                port,
                publicUrl,
                hostNames,
                tlsCertificate,
                tlsKey,
                publicDemo,
                publicMetrics,
                sensors,
                retentionDays,
                retentionGigabytes,
                mostTuples,
                fingerprints,
                offline,
                detectors,
                tlsClientCa,
                scale,
                organisations,
                alerts,
                delivery,
                researchScanners,
                reverseNames,
                campaigns);
    }
}

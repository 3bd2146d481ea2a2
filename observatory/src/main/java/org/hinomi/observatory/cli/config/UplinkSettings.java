package org.hinomi.observatory.cli.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.cli.config.SensorSettings.Source;

/**
 * All that {@code hinomi sensor} can be told.
 *
 * @param to the tower, or a Kafka topic
 * @param keyFile file that holds the sensor's key
 * @param certificate PEM certificate that the sensor shows
 * @param privateKey PEM private key of the certificate
 * @param ca PEM certificates of the authorities to believe
 * @param name the sensor's name
 * @param darknet its dark addresses
 * @param source where its packets come from
 * @param spool folder of what the tower does not have yet
 * @param spoolGigabytes how much disk that may take
 * @param keepOldest whether new minutes go when it is full, not the oldest
 * @param mostTuples most flow tuples of a minute held in memory, for each IP family
 * @param fingerprints a catalogue to use in place of the one that comes with the program
 */
public record UplinkSettings(
        Optional<String> to,
        Optional<Path> keyFile,
        Optional<Path> certificate,
        Optional<Path> privateKey,
        Optional<Path> ca,
        Optional<String> name,
        List<Prefix> darknet,
        Optional<Source> source,
        Optional<Path> spool,
        double spoolGigabytes,
        boolean keepOldest,
        int mostTuples,
        Optional<Path> fingerprints) {

    /** A tower's or topic's address; a sentence in an exception when it can't be used. */
    public URI target() {
        String text = to.orElseThrow(() -> new ConfigException("a sensor needs --to, the tower's address"));
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
        String scheme = String.valueOf(address.getScheme());
        String host = address.getHost();
        if (host == null || !List.of("https", "http", "kafka").contains(scheme)) {
            throw wrong(text);
        }
        boolean loopback = host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.[0-9.]+");
        if (scheme.equals("http") && !loopback) {
            throw new ConfigException(
                    "'" + text + "' would send dark addresses in the clear; use https, http is for this machine alone");
        }
        return address;
    }

    private static ConfigException wrong(String text) {
        return new ConfigException("'" + text
                + "' is not an address such as https://tower.example.org/ or kafka://broker.example.org:9092/topic");
    }
}

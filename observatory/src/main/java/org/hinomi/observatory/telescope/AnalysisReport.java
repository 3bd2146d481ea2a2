package org.hinomi.observatory.telescope;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What captures hold. The components are the keys of {@code hinomi analyze --json}, in snake case. What an input cannot
 * tell is null, not 0.
 *
 * @param packets all packets of the input: decoded + the sum of skipped
 * @param decoded packets whose headers were read and, with a darknet given, that went to it
 * @param skipped packets by the reason why they are not among the decoded
 * @param outside packets to other addresses than the darknet (also a reason of skipped); null when no darknet was given
 * @param first time of the earliest packet, RFC 3339
 * @param last time of the latest packet, RFC 3339
 * @param classes decoded packets by class
 * @param kinds decoded packets by kind
 * @param fingerprints packets that match each rule
 * @param tools sources named by each rule: by enough packets, far more than chance explains
 * @param flowTuples distinct flow tuples
 * @param sources distinct source addresses
 * @param destinations distinct destination addresses
 * @param topPorts destination ports of TCP and UDP with the most packets
 * @param topSources sources with the most packets
 * @param countries packets and sources by country; null without geolocation data
 * @param iotShare share of SYN and UDP packets that go to IoT ports; null when there are none of them
 * @param estimated names of figures that are estimates, because there was more to tell apart than memory allows
 * @param saturatedParts parts of minutes given out early because their table was full: tuples may count twice
 * @param stepsBack packets older than every open minute, because the clock or the order of the files goes backwards
 * @param warnings what could not be read, with byte offsets
 */
public record AnalysisReport(
        long packets,
        long decoded,
        Map<String, Long> skipped,
        @Nullable Long outside,
        @Nullable String first,
        @Nullable String last,
        Map<String, Long> classes,
        Map<String, Long> kinds,
        @Nullable Map<String, Long> fingerprints,
        @Nullable Map<String, Long> tools,
        long flowTuples,
        long sources,
        long destinations,
        List<Port> topPorts,
        List<Source> topSources,
        @Nullable List<Country> countries,
        @Nullable Double iotShare,
        List<String> estimated,
        long saturatedParts,
        long stepsBack,
        List<String> warnings) {

    /**
     * A destination port.
     *
     * @param protocol tcp or udp
     */
    public record Port(String protocol, int port, long packets, long sources) {}

    /**
     * A source address.
     *
     * @param country ISO 3166-1 alpha-2, or null when unknown
     * @param asn number of the autonomous system, or null when unknown
     */
    public record Source(
            String address,
            long packets,
            @Nullable String country,
            @Nullable Long asn) {}

    /**
     * A country.
     *
     * @param country ISO 3166-1 alpha-2, or {@code ??} when unknown
     */
    public record Country(String country, long packets, long sources) {}
}

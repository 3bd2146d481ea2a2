package org.hinomi.kernel.detect;

import java.util.List;

/** What the scan detector declares: its parameters and the fields of its detections. */
final class ScanDeclaration {
    static final Parameter QUIET = new Parameter(
            "quiet_seconds", "seconds", 624, 60, 86_400, "An event ends after this time without a packet.");
    static final Parameter DESTINATIONS = new Parameter(
            "least_destinations",
            "addresses",
            10,
            1,
            1_000_000,
            "An event is told when it reached so many different dark addresses.");
    static final Parameter RATE = new Parameter(
            "least_rate",
            "packets a second",
            10,
            0,
            1_000_000_000,
            "An event is told when it would send so many packets a second to the whole IPv4 space; 0 asks for none.");
    static final Parameter AGGRESSIVE = new Parameter(
            "aggressive_percent",
            "percent",
            10,
            1,
            100,
            "A scanner is aggressive when one event reaches this part of the dark addresses.");
    static final Parameter AGGRESSIVE_PACKETS = new Parameter(
            "aggressive_packets",
            "packets",
            100_000,
            1,
            1_000_000_000_000L,
            "A scanner is aggressive, too, when one event has so many packets.");
    static final Parameter REPORT = new Parameter(
            "report_seconds", "seconds", 300, 60, 86_400, "An event that goes on is told again at most so often.");
    static final Parameter OPEN_EVENTS = new Parameter(
            "most_open_events",
            "events",
            256,
            16,
            4096,
            "So many events of one source are followed at once; beyond, the quietest quarter is let go.");

    static final Declaration DECLARATION = new Declaration(
            "scan",
            3,
            KeyStage.SOURCE,
            "A source that sends the same kind of packet, for the same service, to many dark addresses.",
            "Merit ORION darknet events; Kallitsis et al., arXiv 2305.07193 (aggressive scanners, first and second kind)",
            List.of(QUIET, DESTINATIONS, RATE, AGGRESSIVE, AGGRESSIVE_PACKETS, REPORT, OPEN_EVENTS),
            ResearchFields.after(List.of(
                    new FieldMeaning("source", "text", "The source address."),
                    new FieldMeaning("traffic", "text", "The class of the packets."),
                    new FieldMeaning("kind", "text", "scan, backscatter or other."),
                    new FieldMeaning(
                            "port",
                            "port",
                            "Destination port, of backscatter the source port; ICMP type; else the protocol."),
                    new FieldMeaning("packets", "packets", "Packets since it began."),
                    new FieldMeaning("bytes", "bytes", "Bytes of these packets, by their IP headers."),
                    new FieldMeaning(
                            "destinations", "addresses", "Different dark addresses; beyond 128 within about 2.3 %."),
                    new FieldMeaning("destination_networks", "blocks", "Different dark /24s, of IPv6 /64s."),
                    new FieldMeaning("estimated", "yes or no", "Whether destinations is an estimate."),
                    new FieldMeaning(
                            "rate", "packets a second", "Packets a second, scaled to the whole IPv4 space; IPv4 only."),
                    new FieldMeaning(
                            "rate_error",
                            "percent",
                            "Standard error of rate, from the number of packets and from not knowing seconds; IPv4"
                                    + " only."),
                    new FieldMeaning("coverage", "millionths", "Part of the dark addresses reached; IPv4 only."),
                    new FieldMeaning(
                            "dark_addresses", "addresses", "Dark IPv4 addresses of the sensor then; IPv4 only."),
                    new FieldMeaning("aggressive", "yes or no", "Whether aggressive_by names a kind; IPv4 only."),
                    new FieldMeaning(
                            "aggressive_by",
                            "names",
                            "coverage: it reached aggressive_percent of the dark addresses; packets: it has"
                                    + " aggressive_packets; IPv4 only."),
                    new FieldMeaning(
                            "order",
                            "text",
                            "How it visits addresses: sequential, permuted (each about once), random, repeated or"
                                    + " unknown; IPv4 only."),
                    new FieldMeaning("syns", "packets", "SYN packets that fingerprints could be looked for in."),
                    new FieldMeaning("tools", "names", "Fingerprints that all of these SYN packets match."),
                    new FieldMeaning("matches", "packets by name", "SYN packets that match each fingerprint."),
                    new FieldMeaning(
                            "cut",
                            "yes or no",
                            "Whether it was let go early because there was no room to follow it."))),
            List.of("source", "traffic", "kind", "port"));

    private ScanDeclaration() {}
}

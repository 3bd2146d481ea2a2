package org.hinomi.kernel.detect;

import java.util.List;

/** What the detector of denial-of-service attacks declares: its parameters and the fields of its detections. */
final class AttackDeclaration {
    static final Parameter QUIET = new Parameter(
            "quiet_seconds", "seconds", 300, 60, 86_400, "An attack ends after this time without a packet.");
    static final Parameter PACKETS = new Parameter(
            "least_packets", "packets", 25, 1, 1_000_000_000, "An attack is told from so many packets on.");
    static final Parameter MINUTES = new Parameter(
            "least_minutes", "minutes", 2, 1, 1440, "An attack is told when it reaches over so many minutes.");
    static final Parameter PEAK = new Parameter(
            "least_peak",
            "packets a minute",
            30,
            1,
            1_000_000_000,
            "An attack is told when a minute had so many packets.");
    static final Parameter REPORT = new Parameter(
            "report_seconds", "seconds", 300, 60, 86_400, "An attack that goes on is told again at most so often.");

    static final Declaration DECLARATION = new Declaration(
            "dos",
            1,
            KeyStage.SOURCE,
            "A victim of a flood with forged sources, by its answers that reach dark addresses.",
            "Moore et al., Inferring Internet Denial-of-Service Activity, USENIX Security 2001; thresholds of"
                    + " Corsaro's RSDoS",
            List.of(QUIET, PACKETS, MINUTES, PEAK, REPORT),
            List.of(
                    new FieldMeaning("source", "text", "The victim's address."),
                    new FieldMeaning("traffic", "text", "The class of most of its answers."),
                    new FieldMeaning("kind", "text", "Always backscatter."),
                    new FieldMeaning(
                            "port", "port", "The attacked port of most of its answers; 0 when they tell none."),
                    new FieldMeaning(
                            "attack",
                            "text",
                            "syn_flood, tcp_reset, ping_flood, icmp_error, dns or mixed, by most of its answers."),
                    new FieldMeaning("ports", "packets by name", "Answers by attacked port, the eight foremost."),
                    new FieldMeaning("packets", "packets", "Answers since it began."),
                    new FieldMeaning("bytes", "bytes", "Bytes of these answers, by their IP headers."),
                    new FieldMeaning(
                            "destinations", "addresses", "Different dark addresses; beyond 128 within about 2.3 %."),
                    new FieldMeaning("minutes", "minutes", "Minutes that had an answer."),
                    new FieldMeaning("peak", "packets a minute", "Answers in its busiest minute."),
                    new FieldMeaning(
                            "rate",
                            "packets a second",
                            "Answers a second in its busiest minute, scaled to the whole IPv4 space; IPv4 only."),
                    new FieldMeaning(
                            "rate_error",
                            "percent",
                            "Standard error of rate, from the number of packets it rests on; IPv4 only."),
                    new FieldMeaning(
                            "dark_addresses", "addresses", "Dark IPv4 addresses of the sensor then; IPv4 only."),
                    new FieldMeaning(
                            "cut",
                            "yes or no",
                            "Whether it was let go early because there was no room to follow it.")));

    private AttackDeclaration() {}
}

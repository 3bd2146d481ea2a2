package org.hinomi.kernel.detect;

import java.util.List;

/** What the detector of port sweeps declares: its parameters and the fields of its detections. */
final class SweepDeclaration {
    static final Parameter PORTS = new Parameter(
            "least_ports", "ports", 100, 2, 131_072, "A sweep is told when it tried so many different ports.");
    static final Parameter QUIET = new Parameter(
            "quiet_seconds", "seconds", 3600, 60, 86_400, "A sweep ends after this time without a packet.");
    static final Parameter REPORT = new Parameter(
            "report_seconds", "seconds", 3600, 60, 86_400, "A sweep that goes on is told again at most so often.");

    static final Declaration DECLARATION = new Declaration(
            "ports",
            2,
            KeyStage.SOURCE,
            "A source that tries many ports in a day, wherever it finds them.",
            "Kallitsis et al., arXiv 2305.07193 (aggressive scanners, third kind)",
            List.of(PORTS, QUIET, REPORT),
            ResearchFields.after(List.of(
                    new FieldMeaning("source", "text", "The source address."),
                    new FieldMeaning("traffic", "text", "tcp_syn or udp, whichever has more packets."),
                    new FieldMeaning("kind", "text", "Always scan."),
                    new FieldMeaning("port", "port", "Always 0: there are many."),
                    new FieldMeaning("packets", "packets", "Packets since it began."),
                    new FieldMeaning(
                            "distinct_ports",
                            "ports",
                            "Different TCP and UDP destination ports; beyond 128 within about 2.3 %."),
                    new FieldMeaning(
                            "destinations", "addresses", "Different dark addresses; beyond 128 within about 2.3 %."),
                    new FieldMeaning(
                            "shape",
                            "text",
                            "vertical: more ports than addresses; horizontal: more addresses than ports; both when"
                                    + " neither is twice the other."),
                    new FieldMeaning(
                            "cut",
                            "yes or no",
                            "Whether it was let go early because there was no room to follow it."))));

    private SweepDeclaration() {}
}

package org.hinomi.kernel.detect;

import java.util.List;

/** What the detector of families and tools declares: its parameters and the fields of its detections. */
final class FamilyDeclaration {
    static final Parameter QUIET = new Parameter(
            "quiet_seconds", "seconds", 21_600, 60, 604_800, "A verdict ends after this time without a SYN packet.");
    static final Parameter MEDIUM = new Parameter(
            "medium_percent",
            "percent",
            50,
            1,
            100,
            "From this part of matching SYN packets on, confidence is medium.");
    static final Parameter HIGH = new Parameter(
            "high_percent",
            "percent",
            90,
            1,
            100,
            "From this part of matching SYN packets on, confidence can be high.");
    static final Parameter REPORT = new Parameter(
            "report_seconds",
            "seconds",
            3600,
            60,
            86_400,
            "A verdict is told again at most so often, unless the family or the confidence is another.");

    static final Declaration DECLARATION = new Declaration(
            "family",
            2,
            KeyStage.SOURCE,
            "What sends a source's packets, by the marks that families and tools leave in packet headers.",
            "The references of the fingerprint catalogue; Ghiette, Blenn, Doerr, Remote Identification of Port Scan"
                    + " Toolchains, NTMS 2016",
            List.of(QUIET, MEDIUM, HIGH, REPORT),
            DeviceFields.after(ResearchFields.after(List.of(
                    new FieldMeaning("source", "text", "The source address."),
                    new FieldMeaning("traffic", "text", "Always tcp_syn: marks are looked for in SYN packets."),
                    new FieldMeaning("kind", "text", "Always scan."),
                    new FieldMeaning("port", "port", "The destination port of most of its SYN packets."),
                    new FieldMeaning("packets", "packets", "SYN packets that marks could be looked for in."),
                    new FieldMeaning("family", "text", "The family or tool whose mark most of them carry."),
                    new FieldMeaning("confidence", "text", "low, medium or high."),
                    new FieldMeaning("share", "percent", "Part of the SYN packets that carry the family's mark."),
                    new FieldMeaning(
                            "chance", "bits", "How unlikely it is that so many match by chance: 10 is 1 of 1024."),
                    new FieldMeaning(
                            "tools", "names", "All families and tools that are named, in order of the catalogue."),
                    new FieldMeaning("matches", "packets by name", "SYN packets that match each fingerprint."),
                    new FieldMeaning(
                            "ports", "packets by name", "SYN packets by destination port, the eight foremost."),
                    new FieldMeaning(
                            "cut",
                            "yes or no",
                            "Whether it was let go early because there was no room to follow it.")))));

    private FamilyDeclaration() {}
}

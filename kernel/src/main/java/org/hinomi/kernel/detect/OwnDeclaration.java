package org.hinomi.kernel.detect;

import java.util.List;

/** What the detector of own machines declares: its parameters and the fields of its detections. */
final class OwnDeclaration {
    static final Parameter QUIET = new Parameter(
            "quiet_seconds",
            "seconds",
            86_400,
            3600,
            604_800,
            "A machine has gone quiet after this time without a packet.");
    static final Parameter MEMORY = new Parameter(
            "memory_seconds",
            "seconds",
            604_800,
            3600,
            2_592_000,
            "What a machine sent is remembered so long after its last packet, also when it had gone quiet.");
    static final Parameter REPORT = new Parameter(
            "report_seconds",
            "seconds",
            900,
            60,
            86_400,
            "A machine that goes on is told again at most so often; a higher grade is told at once.");
    static final Parameter TOLD =
            new Parameter("told_packets", "packets", 1, 1, 1000, "A machine is told from so many packets on.");
    static final Parameter PACKETS =
            new Parameter("least_packets", "packets", 5, 3, 1000, "So many packets are the sign packets.");
    static final Parameter MINUTES =
            new Parameter("least_minutes", "minutes", 3, 2, 1440, "Packets in so many minutes are the sign minutes.");
    static final Parameter FOLLOW = new Parameter(
            "follow_seconds",
            "seconds",
            7200,
            60,
            86_400,
            "The sign timing asks that half of the packets follow the one before within this time.");
    static final Parameter STRONG =
            new Parameter("strong_packets", "packets", 50, 10, 1_000_000, "The grade strong needs so many packets.");

    static final Declaration DECLARATION = new Declaration(
            "own",
            2,
            KeyStage.SOURCE,
            "A machine of a registered organisation that sends to dark addresses.",
            "after Suzuki et al., DAEDALUS-VIZ, VizSec 2012 (NICT); grade and causes are Hinomi's own",
            List.of(QUIET, MEMORY, REPORT, TOLD, PACKETS, MINUTES, FOLLOW, STRONG),
            fields());

    private OwnDeclaration() {}

    private static List<FieldMeaning> fields() {
        return DeviceFields.after(List.of(
                new FieldMeaning("source", "text", "The machine's address."),
                new FieldMeaning("organisation", "text", "The id of the organisation it belongs to."),
                new FieldMeaning("organisation_name", "text", "What the organisation was called then."),
                new FieldMeaning("grade", "text", "unproven, possible, probable or strong."),
                new FieldMeaning("cause", "text", "scan, backscatter, misconfiguration or unclear."),
                new FieldMeaning(
                        "evidence",
                        "names",
                        "The signs that held: packets, minutes, spread, tool, ttl, alike, timing."),
                new FieldMeaning("against", "names", "What speaks for forged packets: ttl_scattered, unrelated."),
                new FieldMeaning("traffic", "text", "The class of most packets."),
                new FieldMeaning("kind", "text", "scan, backscatter or other, by most packets."),
                new FieldMeaning(
                        "port",
                        "port",
                        "The port of most packets, of backscatter the source port; 0 when they have none."),
                new FieldMeaning("ports", "packets by name", "Packets by port, the eight foremost."),
                new FieldMeaning("packets", "packets", "Packets that are remembered."),
                new FieldMeaning("bytes", "bytes", "Bytes of these packets, by their IP headers."),
                new FieldMeaning(
                        "destinations", "addresses", "Different dark addresses; beyond 128 within about 2.3 %."),
                new FieldMeaning("different_ports", "ports", "Different ports; beyond 128 within about 2.3 %."),
                new FieldMeaning("minutes", "minutes", "Minutes that had a packet."),
                new FieldMeaning("ttl", "routers", "The TTL of most packets."),
                new FieldMeaning("syns", "packets", "SYN packets that fingerprints could be looked for in."),
                new FieldMeaning("tools", "names", "Fingerprints that all of these SYN packets match."),
                new FieldMeaning("matches", "packets by name", "SYN packets that match each fingerprint."),
                new FieldMeaning("hours", "hours", "How far back what is remembered reaches."),
                new FieldMeaning(
                        "cut", "yes or no", "Whether it was let go early because there was no room to follow it.")));
    }
}

package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.List;

/** What the detectors of surges declare: their parameters and the fields of their detections. */
final class SurgeDeclaration {
    static final Parameter BIN =
            new Parameter("bin_minutes", "minutes", 10, 1, 60, "Sources are counted in bins of this length.");
    static final Parameter LEARN =
            new Parameter("learn_days", "days", 3, 0, 60, "Nothing is told before so many days were learned from.");
    static final Parameter ALARMS = new Parameter(
            "false_alarms_a_day",
            "thousandths",
            1000,
            1,
            1_000_000,
            "So many false alarms a day, over all keys together, are expected at most if counts vary as the model says.");
    static final Parameter SOURCES = new Parameter(
            "least_sources",
            "blocks",
            10,
            2,
            1_000_000,
            "A surge has so many different source blocks (/24, of IPv6 /48) in a bin.");
    static final Parameter RATIO =
            new Parameter("least_percent", "percent", 200, 110, 100_000, "A surge is so much of what was expected.");
    static final Parameter NEW = new Parameter(
            "new_below", "blocks a day", 10, 1, 1_000_000, "What had fewer source blocks on a usual day is new.");
    static final Parameter QUIET = new Parameter(
            "quiet_minutes",
            "minutes",
            60,
            10,
            1440,
            "A surge ends when counts were back to what is expected for this time.");
    static final Parameter LONGEST = new Parameter(
            "longest_days",
            "days",
            3,
            1,
            60,
            "A surge that lasts so long is over: its level is what is usual from then on.");
    static final Parameter REPORT = new Parameter(
            "report_seconds", "seconds", 3600, 60, 86_400, "A surge that goes on is told again at most so often.");
    static final Parameter FORGET =
            new Parameter("forget_days", "days", 7, 1, 60, "A key without a source for so long is forgotten.");

    private static final String SOURCE = "Daily rhythm by robust seasonal exponential smoothing of Anscombe's"
            + " transform; negative binomial tail as in Noufaily et al., Statistics in Medicine 2013";

    private SurgeDeclaration() {}

    static Declaration of(SurgeDimension dimension) {
        return new Declaration(
                dimension.detector(),
                1,
                dimension.stage(),
                dimension.meaning(),
                SOURCE,
                List.of(BIN, LEARN, ALARMS, SOURCES, RATIO, NEW, QUIET, LONGEST, REPORT, FORGET),
                fields(dimension),
                List.of("what"));
    }

    private static List<FieldMeaning> fields(SurgeDimension dimension) {
        List<FieldMeaning> fields = new ArrayList<>();
        fields.add(new FieldMeaning("dimension", "text", "Always " + dimension.id() + "."));
        switch (dimension) {
            case PORT -> {
                fields.add(new FieldMeaning("what", "text", "The port, such as tcp/23; icmp; else the protocol."));
                fields.add(new FieldMeaning("port", "port", "The port of TCP and UDP; else 0."));
                fields.add(new FieldMeaning(
                        "countries", "packets by name", "Packets by country of their sources, the eight foremost."));
            }
            case COUNTRY -> {
                fields.add(new FieldMeaning("what", "text", "The country, two letters."));
                fields.add(new FieldMeaning(
                        "ports", "packets by name", "Packets by destination port, the eight foremost."));
            }
            case NETWORK -> {
                fields.add(new FieldMeaning("what", "text", "The network, such as AS2497."));
                fields.add(new FieldMeaning("network", "number", "The number of the network."));
                fields.add(new FieldMeaning(
                        "ports", "packets by name", "Packets by destination port, the eight foremost."));
            }
        }
        fields.addAll(List.of(
                new FieldMeaning("measure", "text", "Always sources: what was tested is how many there are."),
                new FieldMeaning("observed", "blocks", "Different source blocks in the most unlikely bin."),
                new FieldMeaning("expected", "blocks", "Those expected in that bin, rounded."),
                new FieldMeaning("ratio", "percent", "Observed of expected."),
                new FieldMeaning(
                        "score",
                        "powers of ten",
                        "How unlikely that bin is by chance: 9 is one of a thousand million."),
                new FieldMeaning(
                        "sources", "addresses", "Different sources since it began; beyond 128 within about 2.3 %."),
                new FieldMeaning("packets", "packets", "Packets since it began."),
                new FieldMeaning("usual", "blocks a day", "Source blocks of a usual day, each bin's counted anew."),
                new FieldMeaning("new", "yes or no", "Whether usual is below new_below."),
                new FieldMeaning("settled", "yes or no", "Whether it ended because it lasted longest_days."),
                new FieldMeaning(
                        "cut", "yes or no", "Whether it was let go early because there was no room to follow it.")));
        return fields;
    }
}

package org.hinomi.kernel.detect;

import java.util.List;

/** What the detectors of synchronised activity declare: their parameters and the fields of their detections. */
final class SyncDeclaration {
    static final Parameter METHOD = new Parameter(
            "method", "number", 3, 1, 3, "1 is nmf, 2 is glasso, 3 is both side by side: either tells a group.");
    static final Parameter MEMBERS = new Parameter(
            "least_members", "blocks", 5, 3, 1000, "A group is told from so many source blocks (/24, of IPv6 /48) on.");
    static final Parameter ACTIVE =
            new Parameter("least_bins", "bins", 3, 2, 12, "A member sends in so many of the twelve bins of a window.");
    static final Parameter CORRELATION = new Parameter(
            "correlation", "percent", 80, 10, 99, "The penalty of glasso: sources that move together less are apart.");
    static final Parameter LEARN =
            new Parameter("learn_days", "days", 3, 0, 60, "Nothing is told before so many days were learned from.");
    static final Parameter ALARMS = new Parameter(
            "false_alarms_a_day",
            "thousandths",
            1000,
            1,
            1_000_000,
            "So many false alarms a day, over all keys together, are expected at most if sizes vary as the model says.");
    static final Parameter QUIET = new Parameter(
            "quiet_minutes", "minutes", 120, 10, 1440, "A group is over when it was not seen for so long.");
    static final Parameter REPORT = new Parameter(
            "report_seconds", "seconds", 3600, 60, 86_400, "A group that goes on is told again at most so often.");

    private static final String SOURCE = "The idea of Han, Takahashi et al., Dark-TRACER, IEEE Access 2022; Lee and"
            + " Seung 1999; Friedman, Hastie and Tibshirani 2008";

    private SyncDeclaration() {}

    private static Parameter most(int standard) {
        return new Parameter(
                "most_sources",
                "sources",
                standard,
                16,
                1000,
                "So many sources of a key are looked at; of more, a sample.");
    }

    private static Parameter tested(int standard) {
        return new Parameter(
                "tested_keys",
                "keys",
                standard,
                1,
                200_000,
                "So many keys at once have sources that could be a group.");
    }

    static Declaration of(KeyStage stage) {
        boolean port = stage == KeyStage.PORT;
        return new Declaration(
                port ? "port_sync" : "sync",
                1,
                stage,
                port
                        ? "Sources, not there before, that begin to send to the same port and move together."
                        : "Sources, not there before, that begin to send to any port and move together.",
                SOURCE,
                List.of(
                        METHOD,
                        MEMBERS,
                        ACTIVE,
                        CORRELATION,
                        LEARN,
                        ALARMS,
                        tested(port ? 100 : 1),
                        QUIET,
                        REPORT,
                        most(port ? 512 : 1000)),
                fields(port),
                List.of("what"));
    }

    private static List<FieldMeaning> fields(boolean port) {
        return List.of(
                new FieldMeaning("what", "text", port ? "The port, such as tcp/23." : "Always all."),
                new FieldMeaning(
                        "port", "port", port ? "The port of TCP and UDP; else 0." : "The port of most members."),
                new FieldMeaning("methods", "names", "What found it: nmf, glasso."),
                new FieldMeaning("window", "minutes", "Length of the window that it was first seen in: 60 or 720."),
                new FieldMeaning("observed", "blocks", "Source blocks of the group when it was most unlikely."),
                new FieldMeaning("expected", "blocks", "Size of the largest group to expect then, rounded."),
                new FieldMeaning(
                        "score",
                        "powers of ten",
                        "How unlikely that size is by chance: 9 is one of a thousand million."),
                new FieldMeaning(
                        "density", "percent", "Pairs of its members then that glasso joins, of all pairs; 0 for nmf."),
                new FieldMeaning("sources", "addresses", "Different members since it began."),
                new FieldMeaning("members", "names", "Some of them, 32 at most."),
                new FieldMeaning("countries", "sources by name", "Members by country, the eight foremost."),
                new FieldMeaning("ports", "sources by name", "Members by lowest port, the eight foremost."),
                new FieldMeaning(
                        "families", "sources by name", "Members whose packets all match a fingerprint, by its name."),
                new FieldMeaning("sampled", "yes or no", "Whether only a sample of the sources was looked at."),
                new FieldMeaning(
                        "cut", "yes or no", "Whether it was let go early because there was no room to follow it."));
    }
}

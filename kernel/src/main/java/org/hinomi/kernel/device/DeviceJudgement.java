package org.hinomi.kernel.device;

import java.util.List;

/**
 * What device a source probably is.
 *
 * @param kinds the kinds that most speaks for: one, or two or three that are not told apart; none when it is unknown
 * @param confidence how sure that is
 * @param ranking all kinds that something speaks for, foremost first
 * @param rules the rules that the evidence meets, in order of the catalogue
 */
public record DeviceJudgement(
        List<DeviceKind> kinds, Confidence confidence, List<Ranked> ranking, List<DeviceRule> rules) {
    /** Keeps copies. */
    public DeviceJudgement {
        kinds = List.copyOf(kinds);
        ranking = List.copyOf(ranking);
        rules = List.copyOf(rules);
    }

    /** A kind and the points for it. */
    public record Ranked(DeviceKind kind, int points) {}

    /**
     * How sure a judgement is. Passive observation alone is never surer than medium: nobody has asked the device.
     */
    public enum Confidence {
        /** Unknown. */
        NONE,
        /** One sort of evidence, or kinds that are not told apart. */
        LOW,
        /** What it attacks and how its system sends agree on one kind. */
        MEDIUM;

        /** Lower case, as in JSON. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}

package org.hinomi.kernel.campaign;

import java.util.List;
import java.util.Locale;

/**
 * What may be said of who is behind a campaign, and why. It is about the members having something in common, never
 * about a person or an organisation: packets to a dark space do not name an operator.
 *
 * @param statement what is said
 * @param confidence how sure it is
 * @param evidence what speaks for and against it, in a fixed order
 */
public record Attribution(Statement statement, Confidence confidence, List<Evidence> evidence) {
    /** What may be said, the least first. */
    public enum Statement {
        /** The members behave alike; nothing is said of why. */
        SAME_BEHAVIOUR,
        /** The members use the same tool or malware. Whoever has it can use it: it says nothing of who does. */
        SAME_TOOL,
        /** The members are directed together: they began together and do the same. */
        COMMON_CONTROL;

        /** The name in JSON. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A sign.
     *
     * @param key what it is about: {@code family}, {@code ports}, {@code onset}, {@code fields},
     *     {@code networks}, {@code background}
     * @param supports whether it speaks for the statement; else against it
     * @param value how strong it is, 0 to 1: the share of members, or as the documentation of the key tells
     * @param detail the name, port or number that it is about; may be empty
     */
    public record Evidence(String key, boolean supports, double value, String detail) {}

    /** Holds a copy of the evidence. */
    public Attribution {
        evidence = List.copyOf(evidence);
    }
}

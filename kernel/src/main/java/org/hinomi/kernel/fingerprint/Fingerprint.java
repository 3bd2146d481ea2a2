package org.hinomi.kernel.fingerprint;

/**
 * One rule of the catalogue.
 *
 * @param name short, lower case: the key in JSON and in stored data
 * @param label what people call the tool or family
 * @param scope whether one packet decides or several of a source
 * @param rule the expression as written
 * @param generation which versions of the tool the rule covers
 * @param reference where the rule is published
 * @param chance probability that a packet (for a source rule: a pair of packets) of any other sender matches
 * @param needs how many packets of a source must match before the source is named
 * @param experimental whether no public source confirms the rule
 */
public record Fingerprint(
        String name,
        String label,
        Scope scope,
        String rule,
        String generation,
        String reference,
        double chance,
        int needs,
        boolean experimental) {

    /** How often chance alone must be exceeded before a source is named. */
    private static final double BEYOND_CHANCE = 20;

    /** What a rule looks at. */
    public enum Scope {
        /** One packet: the expression is not zero. */
        PACKET,
        /** The packets of a source: the expression has the same value in one packet as in the one before it. */
        SOURCE
    }

    /**
     * Whether a source is named by this rule: enough of its packets match, and far more than chance explains.
     *
     * @param matching packets of the source that match
     * @param syns SYN packets of the source
     */
    public boolean names(long matching, long syns) {
        return matching >= needs && matching > BEYOND_CHANCE * chance * syns;
    }
}

package org.hinomi.kernel.campaign;

/**
 * The commonest value of a header field in the packets of a source.
 *
 * @param value the value; -1 when no packet had the field
 * @param share which part of the packets had it, 0 to 1; at most a little too high when there were many values
 */
public record Trait(int value, double share) {
    /** No packet had the field. */
    public static final Trait NONE = new Trait(-1, 0);
}

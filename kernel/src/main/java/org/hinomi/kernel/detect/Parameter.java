package org.hinomi.kernel.detect;

/**
 * A number that an operator may set.
 *
 * @param name as in the configuration, lower case with underscores, the unit at its end where there is one
 * @param unit what is counted
 * @param standard its value unless set
 * @param least the least that may be set
 * @param most the most that may be set
 * @param meaning one sentence
 */
public record Parameter(String name, String unit, long standard, long least, long most, String meaning) {
    /** Checks that the bounds hold the standard. */
    public Parameter {
        if (standard < least || standard > most) {
            throw new IllegalArgumentException(
                    name + " = " + standard + " is not within its own bounds " + least + " to " + most);
        }
    }
}

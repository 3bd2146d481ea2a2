package org.hinomi.observatory.telescope.query;

import java.util.List;

/** Which sensors there are, and what time it is for them. */
public interface Scope {
    /** Names of the sensors that questions are about when none is named: live ones, or the recording or demo shown. */
    List<String> sensors();

    /** Whether there is a sensor of this name, or there was. */
    boolean knows(String sensor);

    /** Event time now, seconds since 1970-01-01 UTC. */
    long now();

    /** How many dark addresses some sensors watch; 0 when it can't be told. */
    long darkAddresses(List<String> sensors);
}

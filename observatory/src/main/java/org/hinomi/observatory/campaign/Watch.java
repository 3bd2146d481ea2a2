package org.hinomi.observatory.campaign;

import java.util.List;

/**
 * Sensors that are looked at together: all that are live, one recording, or the demo. Their campaigns are their own.
 *
 * @param name unique, and the same at each start
 * @param kind {@code live}, {@code recording} or {@code demo}
 * @param sensors their names
 * @param darkAddresses dark IPv4 addresses of all of them; 0 when one does not tell
 * @param complete up to when all their minutes are stored and can be read, seconds since 1970-01-01 UTC
 */
public record Watch(String name, String kind, List<String> sensors, long darkAddresses, long complete) {
    /** The kind of what was captured before: played anew at each start. */
    public static final String RECORDING = "recording";

    public Watch {
        sensors = List.copyOf(sensors);
    }
}

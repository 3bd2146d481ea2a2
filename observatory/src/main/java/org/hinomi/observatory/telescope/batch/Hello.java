package org.hinomi.observatory.telescope.batch;

import java.util.List;

/**
 * How a sensor introduces itself.
 *
 * @param batchVersion the version of the batches it sends
 * @param darknet its dark prefixes
 */
public record Hello(String incarnation, String program, int batchVersion, List<String> darknet) {

    /**
     * What the tower answers.
     *
     * @param version version of the tower's program
     * @param batchVersion the newest version of batches it takes
     */
    public record Welcome(String version, int batchVersion) {}

    /**
     * What the tower answers to a batch or a frame.
     *
     * @param received when the request was there, microseconds since 1970-01-01 UTC by the tower's clock
     * @param answered when the answer was sent, by the same clock
     * @param parts parts that are new to the tower
     */
    public record Taken(long received, long answered, int parts) {}
}

package org.hinomi.kernel.detect;

import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;

/** By what a detector's tuples are brought together. A key is two 64-bit halves within a stream. */
public enum KeyStage {
    /** The source address: its two halves. */
    SOURCE,
    /** Protocol and destination port: {@code protocol << 16 | port} in the lower half; port 0 when there is none. */
    PORT,
    /** The number of the autonomous system that announces the source, in the lower half; 0 when unknown. */
    NETWORK,
    /** The country that the source is registered in, as {@code first << 8 | second} in the lower half; 0 when unknown. */
    COUNTRY,
    /** Everything: both halves are 0. */
    ALL;

    /** Upper half of a tuple's key. */
    public long hi(FlowRow row) {
        return this == SOURCE ? row.srcHi : 0;
    }

    /** Lower half of a tuple's key. */
    public long lo(FlowRow row, Reference reference) {
        return switch (this) {
            case SOURCE -> row.srcLo;
            case PORT -> portKey(row);
            case NETWORK -> reference.network(row.srcHi, row.srcLo, row.time);
            case COUNTRY -> reference.country(row.srcHi, row.srcLo, row.time);
            case ALL -> 0;
        };
    }

    /** The key that a tuple has at {@link #PORT}. */
    static long portKey(FlowRow row) {
        return (long) row.protocol << 16 | port(row);
    }

    private static int port(FlowRow row) {
        boolean ports = row.protocol == IpProtocol.TCP || row.protocol == IpProtocol.UDP;
        return ports && !row.laterFragment ? row.dstPort : 0;
    }
}

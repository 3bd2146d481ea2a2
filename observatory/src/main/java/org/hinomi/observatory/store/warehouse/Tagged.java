package org.hinomi.observatory.store.warehouse;

import org.hinomi.kernel.flow.FlowRow;

/**
 * A flow tuple with what was found out about it, as a reused buffer: the row of the table {@code flow_tuple} and of the
 * archived hours.
 */
public final class Tagged {
    /** The tuple. */
    public final FlowRow tuple = new FlowRow();

    /** The sensor's name. */
    public String sensor = "";

    /** ISO 3166-1 alpha-2, or {@code ??}. */
    public String country = "??";

    /** Autonomous system number, or 0. */
    public long asn;
}

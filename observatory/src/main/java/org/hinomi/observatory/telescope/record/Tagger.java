package org.hinomi.observatory.telescope.record;

import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.observatory.store.warehouse.Tagged;

/** Adds country and network to the tuples of a minute, looked up again only when the source changes. */
final class Tagger {
    private static final String UNKNOWN = "??";

    private final Origin origin;
    private final String[] countries = new String[1 << 16];
    private long lastHi;
    private long lastLo;

    Tagger(Origin origin) {
        this.origin = origin;
    }

    void read(FlowBatch batch, int index, Tagged tagged) {
        batch.read(index, tagged.tuple);
        long hi = tagged.tuple.srcHi;
        long lo = tagged.tuple.srcLo;
        if (index == 0 || hi != lastHi || lo != lastLo) {
            lastHi = hi;
            lastLo = lo;
            tagged.country = country(origin.country(hi, lo));
            tagged.asn = origin.asn(hi, lo);
        }
    }

    private String country(int letters) {
        if (letters == 0) {
            return UNKNOWN;
        }
        String known = countries[letters & 0xffff];
        if (known == null) {
            known = "" + (char) (letters >> 8 & 0xff) + (char) (letters & 0xff);
            countries[letters & 0xffff] = known;
        }
        return known;
    }
}

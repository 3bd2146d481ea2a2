package org.hinomi.observatory.detect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.address.Owners;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.research.ResearchMatch;
import org.hinomi.kernel.research.Researchers;
import org.jspecify.annotations.Nullable;

/** What detectors of a tower may ask beside the traffic. */
public final class TowerReference implements Reference {
    private final Map<String, Long> darkAddresses = new ConcurrentHashMap<>();
    private final Owners owners;
    private final Origin origin;
    private final Researchers researchers;

    /**
     * A reference.
     *
     * @param origin where addresses are registered, as of when the program started
     * @param researchers which sources are researchers' now, whichever minute is looked at
     */
    public TowerReference(Owners owners, Origin origin, Researchers researchers) {
        this.researchers = researchers;
        this.owners = owners;
        this.origin = origin;
    }

    /** Tells how many IPv4 addresses of streams are dark. */
    void dark(Map<String, Long> addresses) {
        darkAddresses.putAll(addresses);
    }

    @Override
    public long darkAddresses(String stream, long minute) {
        return darkAddresses.getOrDefault(stream, 0L);
    }

    @Override
    public long network(long hi, long lo, long minute) {
        return origin.asn(hi, lo);
    }

    @Override
    public int country(long hi, long lo, long minute) {
        return origin.country(hi, lo);
    }

    @Override
    public @Nullable Owner owner(long hi, long lo, long minute) {
        return owners.at(hi, lo, minute);
    }

    @Override
    public @Nullable ResearchMatch researcher(long hi, long lo, long minute) {
        return researchers.at(hi, lo);
    }
}

package org.hinomi.observatory.telescope.sensor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.telescope.live.LivePacket;
import org.jspecify.annotations.Nullable;

/** Remembers which rules the drawn packets of recent sources matched, so that none is named by accident. */
final class SourceMemory {
    private static final int MOST_SOURCES = 50_000;

    private final FingerprintCatalogue catalogue;
    private final Cache<IpAddress, long[]> sources =
            Caffeine.newBuilder().maximumSize(MOST_SOURCES).build();

    SourceMemory(FingerprintCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The family that a packet's source is named by, counting this packet. */
    @Nullable
    String family(LivePacket packet) {
        if (packet.packetClass() != PacketClass.TCP_SYN.ordinal()) {
            return null;
        }
        int rules = catalogue.packetRules().size();
        long[] seen = sources.get(new IpAddress(packet.srcHi(), packet.srcLo()), source -> new long[rules + 1]);
        seen[rules]++;
        String named = null;
        for (int rule = rules - 1; rule >= 0; rule--) {
            seen[rule] += packet.matches() >>> rule & 1;
            Fingerprint fingerprint = catalogue.packetRules().get(rule);
            if ((packet.matches() >>> rule & 1) != 0 && fingerprint.names(seen[rule], seen[rules])) {
                named = fingerprint.name();
            }
        }
        return named;
    }
}

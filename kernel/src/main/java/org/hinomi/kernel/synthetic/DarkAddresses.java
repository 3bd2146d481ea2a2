package org.hinomi.kernel.synthetic;

import java.util.List;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;

/** Draws dark addresses: of a family, each as likely as the others. */
final class DarkAddresses {
    private final long[] networks;
    private final long[] ends;
    private final long total;
    private final List<Prefix> v6;

    DarkAddresses(PrefixSet darknet) {
        List<Prefix> v4 =
                darknet.prefixes().stream().filter(p -> p.network().isV4()).toList();
        v6 = darknet.prefixes().stream().filter(p -> !p.network().isV4()).toList();
        networks = v4.stream().mapToLong(p -> p.network().lo() & 0xffff_ffffL).toArray();
        ends = new long[networks.length];
        long sum = 0;
        for (int i = 0; i < ends.length; i++) {
            sum += v4.get(i).size().longValueExact();
            ends[i] = sum;
        }
        total = sum;
    }

    boolean hasV4() {
        return total > 0;
    }

    boolean hasV6() {
        return !v6.isEmpty();
    }

    /** An IPv4 address. */
    int v4(SplitMix random) {
        return v4At(Math.multiplyHigh(random.next() >>> 1, total << 1));
    }

    /** The IPv4 address that always belongs to some bits. */
    int v4Of(long bits) {
        return v4At(Math.floorMod(bits, total));
    }

    private int v4At(long number) {
        int i = 0;
        long before = 0;
        while (number >= ends[i]) {
            before = ends[i++];
        }
        return (int) (networks[i] + number - before);
    }

    /** An IPv6 prefix; addresses near its start are probed far more often than the others. */
    Prefix v6Prefix(SplitMix random) {
        return v6.get(random.below(v6.size()));
    }
}

package org.hinomi.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.observatory.geo.GeoData;

/** Country and AS number of random addresses. */
public final class GeoLookups {
    private static final int ADDRESSES = 1 << 20;
    private static final int PASSES = 20;

    private GeoLookups() {}

    /** Argument: the folder of the geolocation table. */
    public static void main(String[] args) {
        GeoData geo = GeoData.open(Path.of(args[0]));
        Origin origin = geo.origin();
        long[] addresses = new SplittableRandom(1)
                .longs(ADDRESSES)
                .map(random -> IpAddress.V4_PREFIX | random & 0xffff_ffffL)
                .toArray();
        System.out.println(geo.status().detail());
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadCpuTime();
            for (long address : addresses) {
                sum += origin.country(0, address) + origin.asn(0, address);
            }
            double nanos = (double) (threads.getCurrentThreadCpuTime() - before) / ADDRESSES;
            double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / ADDRESSES;
            if (pass == PASSES - 1) {
                System.out.printf(
                        Locale.ROOT, "%.1f ns and %.3f bytes for country and AS number (sum %d)%n", nanos, bytes, sum);
            }
        }
    }
}

package org.hinomi.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;
import java.util.Locale;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.observatory.telescope.Analysis;
import org.hinomi.observatory.telescope.AnalysisReport;
import org.hinomi.observatory.telescope.KernelData;

/** Sixty seconds of a flood in which each packet has a source of its own, through everything that analyze does. */
public final class Flood {
    private static final long START = 1_767_225_600_000_000_000L;
    private static final long MINUTE = 60_000_000_000L;

    private Flood() {}

    /** Argument: packets. */
    public static void main(String[] args) {
        long packets = Long.parseLong(args[0]);
        Analysis analysis = new Analysis(
                PrefixSet.of(List.of(Prefix.parse("198.18.0.0/16"))),
                KernelData.fingerprints(),
                (protocol, port) -> port == 23,
                batch -> {},
                1);
        SynFlood flood = new SynFlood();
        long before = cpuNanos();
        for (long i = 0; i < packets; i++) {
            flood.write(i);
            long nanos = START + i * MINUTE / packets;
            analysis.frames().frame(nanos, flood.bytes, 0, SynFlood.LENGTH, SynFlood.LENGTH, LinkType.ETHERNET);
        }
        AnalysisReport report = analysis.finish(null);
        double seconds = (cpuNanos() - before) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d packets of as many sources in %.2f s of CPU: %.2f M packets/s, heap at most %d MB%n",
                packets,
                seconds,
                packets / seconds / 1e6,
                peakHeapBytes() >> 20);
        System.out.printf(
                Locale.ROOT,
                "counted: %,d packets, %,d SYN, %,d on the two ports; %,d sources (estimated), %d parts of a saturated"
                        + " minute%n",
                report.decoded(),
                report.classes().get("tcp_syn"),
                report.topPorts().stream()
                        .mapToLong(AnalysisReport.Port::packets)
                        .sum(),
                report.sources(),
                report.saturatedParts());
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
    }
}

package org.hinomi.kernel.campaign;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * How a source, or what is common to several, behaved over the window.
 *
 * @param services protocol and port, ascending
 * @param roots square roots of the services' shares of its packets, so that their dot product is the affinity of
 *     Bhattacharyya
 * @param family names of its marks; empty when it has none
 * @param onset when it came first, days since 1970-01-01
 * @param rate packets in an hour with packets, as a logarithm to the base of two
 * @param duty which part of the hours from its first to its last in the window had packets, 0 to 1
 */
record Profile(int[] services, double[] roots, String family, double onset, double rate, double duty) {
    private static final double DAY = 86_400;

    /** The behaviour of a source over the days that are kept of it. */
    static Profile of(KnownSource source) {
        Map<Integer, Long> packets = new TreeMap<>();
        long all = 0;
        int active = 0;
        long firstHour = Long.MAX_VALUE;
        long lastHour = Long.MIN_VALUE;
        String family = "";
        for (DayTrace day : source.days) {
            for (int i = 0; i < day.services().length; i++) {
                packets.merge(day.services()[i], day.counts()[i], Long::sum);
                all += day.counts()[i];
            }
            active += Integer.bitCount(day.hours());
            firstHour = Math.min(firstHour, day.day() * 24 + Integer.numberOfTrailingZeros(day.hours()));
            lastHour = Math.max(lastHour, day.day() * 24 + 31 - Integer.numberOfLeadingZeros(day.hours()));
            family = day.family().isEmpty() ? family : day.family();
        }
        int[] services = new int[packets.size()];
        double[] roots = new double[services.length];
        int at = 0;
        for (Map.Entry<Integer, Long> each : packets.entrySet()) {
            services[at] = each.getKey();
            roots[at++] = Math.sqrt((double) each.getValue() / all);
        }
        return new Profile(
                services,
                roots,
                family,
                source.onset / DAY,
                StrictMath.log((double) source.packets() / Math.max(1, active)) / StrictMath.log(2),
                (double) active / Math.max(1, lastHour - firstHour + 1));
    }

    /** How much of their packets went to the same services, 0 to 1: the affinity of Bhattacharyya. */
    double affinity(Profile other) {
        double sum = 0;
        int a = 0;
        int b = 0;
        while (a < services.length && b < other.services.length) {
            if (services[a] == other.services[b]) {
                sum += roots[a++] * other.roots[b++];
            } else if (services[a] < other.services[b]) {
                a++;
            } else {
                b++;
            }
        }
        return Math.min(1, sum);
    }

    /** The service with most packets; the lowest of several. */
    int foremost() {
        int foremost = 0;
        for (int i = 1; i < services.length; i++) {
            foremost = roots[i] > roots[foremost] ? i : foremost;
        }
        return services[foremost];
    }

    /** What is common to several: mean shares of services, the commonest family, the middle of the rest. */
    static Profile common(List<Profile> profiles) {
        Map<Integer, Double> shares = new TreeMap<>();
        Map<String, Integer> families = new TreeMap<>();
        for (Profile each : profiles) {
            for (int i = 0; i < each.services.length; i++) {
                shares.merge(each.services[i], each.roots[i] * each.roots[i], Double::sum);
            }
            families.merge(each.family, 1, Integer::sum);
        }
        List<Map.Entry<Integer, Double>> most = shares.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SourceDay.MOST_PORTS)
                .sorted(Map.Entry.comparingByKey())
                .toList();
        int[] services = most.stream().mapToInt(Map.Entry::getKey).toArray();
        double[] roots = most.stream()
                .mapToDouble(each -> Math.sqrt(each.getValue() / profiles.size()))
                .toArray();
        String family = families.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
        return new Profile(
                services,
                roots,
                family,
                middle(profiles.stream().mapToDouble(Profile::onset)),
                middle(profiles.stream().mapToDouble(Profile::rate)),
                middle(profiles.stream().mapToDouble(Profile::duty)));
    }

    private static double middle(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** How many services it asks for, as a logarithm to the base of two: those of equal shares that would be as mixed. */
    double breadth() {
        double sum = 0;
        for (double root : roots) {
            sum += root * root * root * root;
        }
        return -StrictMath.log(sum) / StrictMath.log(2);
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(services.length);
        for (int i = 0; i < services.length; i++) {
            out.writeInt(services[i]);
            out.writeDouble(roots[i]);
        }
        out.writeUTF(family);
        out.writeDouble(onset);
        out.writeDouble(rate);
        out.writeDouble(duty);
    }

    static Profile read(DataInput in) throws IOException {
        int size = Stored.some(in.readUnsignedByte(), SourceDay.MOST_PORTS, "services of a campaign");
        int[] services = new int[size];
        double[] roots = new double[size];
        for (int i = 0; i < size; i++) {
            services[i] = in.readInt();
            roots[i] = in.readDouble();
        }
        return new Profile(services, roots, in.readUTF(), in.readDouble(), in.readDouble(), in.readDouble());
    }
}

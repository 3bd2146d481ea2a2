package org.hinomi.kernel.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.rollup.PortTest;

/**
 * What an hour of a sensor adds up to: in whole, and by port, country, network and family. Bounded: keys beyond the
 * most of a dimension count together under {@link #REST}; only then does it matter in what order tuples came. Not
 * thread-safe.
 */
public final class HourTally {
    /** The key of what counts together. */
    public static final String REST = "rest";

    /** The most keys of a dimension. */
    public static final int MOST_KEYS = 20_000;

    private final String sensor;
    private final long hour;
    private final PortTest iotPorts;
    private Tally all = new Tally();
    private final Map<Long, Tally> ports = new HashMap<>();
    private final Map<String, Tally> countries = new HashMap<>();
    private final Map<Long, Tally> networks = new HashMap<>();
    private final FamilyTallies families;

    /**
     * An hour of which nothing was counted.
     *
     * @param hour its start, seconds since 1970-01-01 UTC
     */
    public HourTally(String sensor, long hour, FingerprintCatalogue catalogue, PortTest iotPorts) {
        this.sensor = sensor;
        this.hour = hour;
        this.iotPorts = iotPorts;
        this.families = new FamilyTallies(catalogue, iotPorts);
    }

    /**
     * Counts a tuple.
     *
     * @param country of its source, two letters, {@code ??} when unknown
     * @param network autonomous system number of its source, 0 when unknown
     */
    public void add(FlowRow row, String country, long network) {
        all.add(row, iotPorts);
        all.destination(row);
        if ((row.protocol == IpProtocol.TCP || row.protocol == IpProtocol.UDP) && !row.laterFragment) {
            long port = (row.protocol == IpProtocol.UDP ? 1L << 16 : 0) | row.dstPort;
            tally(ports, port, -1L).add(row, iotPorts);
        }
        tally(countries, country, REST).add(row, iotPorts);
        tally(networks, network, -1L).add(row, iotPorts);
        families.add(row);
    }

    private static <K> Tally tally(Map<K, Tally> tallies, K key, K rest) {
        Tally tally = tallies.get(key);
        if (tally == null) {
            K known = tallies.size() < MOST_KEYS ? key : rest;
            tally = tallies.computeIfAbsent(known, k -> new Tally());
        }
        return tally;
    }

    /** All that was counted. */
    public List<TallyRow> rows() {
        return rows(families.whole());
    }

    /**
     * What was counted since it was last drained: parts that add up to {@link #rows}, once it was drained to the end.
     *
     * @param toTheEnd with the sources of families that only all their packets can tell; again after that is allowed
     */
    public List<TallyRow> drain(boolean toTheEnd) {
        List<TallyRow> rows = rows(families.drain(toTheEnd));
        all = new Tally();
        ports.clear();
        countries.clear();
        networks.clear();
        return rows;
    }

    private List<TallyRow> rows(Map<String, Tally> named) {
        List<TallyRow> rows = new ArrayList<>();
        rows.add(row("all", "", all));
        ports.forEach((key, tally) -> rows.add(row("port", port(key), tally)));
        countries.forEach((key, tally) -> rows.add(row("country", key, tally)));
        networks.forEach((key, tally) -> rows.add(row("network", key < 0 ? REST : Long.toString(key), tally)));
        named.forEach((name, tally) -> rows.add(row("family", name, tally)));
        return rows;
    }

    private TallyRow row(String dimension, String key, Tally tally) {
        return tally.row(sensor, TallyRow.HOUR, hour, dimension, key);
    }

    private static String port(long key) {
        return key < 0 ? REST : (key >>> 16 == 0 ? "tcp/" : "udp/") + (key & 0xffff);
    }

    /** Writes what was counted; the sensor, the hour and the rules apart. */
    public void write(DataOutput out) throws IOException {
        all.write(out);
        writeNumbered(ports, out);
        writeNumbered(networks, out);
        out.writeInt(countries.size());
        for (Map.Entry<String, Tally> each : countries.entrySet()) {
            out.writeUTF(each.getKey());
            each.getValue().write(out);
        }
        families.write(out);
    }

    private static void writeNumbered(Map<Long, Tally> tallies, DataOutput out) throws IOException {
        out.writeInt(tallies.size());
        for (Map.Entry<Long, Tally> each : tallies.entrySet()) {
            out.writeLong(each.getKey());
            each.getValue().write(out);
        }
    }

    /** Reads what {@link #write} wrote, into an hour of which nothing was counted. */
    public void read(DataInput in) throws IOException {
        all = Tally.read(in);
        readNumbered(ports, in);
        readNumbered(networks, in);
        for (int left = in.readInt(); left > 0; left--) {
            countries.put(in.readUTF(), Tally.read(in));
        }
        families.read(in);
    }

    private static void readNumbered(Map<Long, Tally> tallies, DataInput in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            tallies.put(in.readLong(), Tally.read(in));
        }
    }
}

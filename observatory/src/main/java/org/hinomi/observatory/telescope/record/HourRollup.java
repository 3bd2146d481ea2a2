package org.hinomi.observatory.telescope.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.rollup.PortTest;
import org.hinomi.observatory.store.warehouse.RollupRow;
import org.hinomi.observatory.store.warehouse.Tagged;

/**
 * What an hour of a sensor adds up to: in whole, and by port, country, network and family. Bounded: keys beyond the
 * most of a dimension count together under {@link #REST}.
 */
final class HourRollup {
    static final String REST = "rest";
    static final int STEP = 3600;

    private static final int MOST_KEYS = 20_000;

    private final String sensor;
    private final long hour;
    private final PortTest iotPorts;
    private final Tally all = new Tally();
    private final Map<Long, Tally> ports = new HashMap<>();
    private final Map<String, Tally> countries = new HashMap<>();
    private final Map<Long, Tally> networks = new HashMap<>();
    private final FamilyTallies families;

    HourRollup(String sensor, long hour, FingerprintCatalogue catalogue, PortTest iotPorts) {
        this.sensor = sensor;
        this.hour = hour;
        this.iotPorts = iotPorts;
        this.families = new FamilyTallies(catalogue, iotPorts);
    }

    void add(Tagged tagged) {
        FlowRow row = tagged.tuple;
        all.add(row, iotPorts);
        all.destination(row);
        if ((row.protocol == IpProtocol.TCP || row.protocol == IpProtocol.UDP) && !row.laterFragment) {
            long port = (row.protocol == IpProtocol.UDP ? 1L << 16 : 0) | row.dstPort;
            tally(ports, port, -1L).add(row, iotPorts);
        }
        tally(countries, tagged.country, REST).add(row, iotPorts);
        tally(networks, tagged.asn, -1L).add(row, iotPorts);
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

    List<RollupRow> rows() {
        List<RollupRow> rows = new ArrayList<>();
        rows.add(all.row(sensor, STEP, hour, "all", ""));
        ports.forEach((key, tally) -> rows.add(row("port", port(key), tally)));
        countries.forEach((key, tally) -> rows.add(row("country", key, tally)));
        networks.forEach((key, tally) -> rows.add(row("network", key < 0 ? REST : Long.toString(key), tally)));
        families.tallies().forEach((name, tally) -> rows.add(row("family", name, tally)));
        return rows;
    }

    private RollupRow row(String dimension, String key, Tally tally) {
        return tally.row(sensor, STEP, hour, dimension, key);
    }

    private static String port(long key) {
        return key < 0 ? REST : (key >>> 16 == 0 ? "tcp/" : "udp/") + (key & 0xffff);
    }
}

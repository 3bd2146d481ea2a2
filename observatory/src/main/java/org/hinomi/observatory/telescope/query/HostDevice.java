package org.hinomi.observatory.telescope.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.device.DeviceJudgement;
import org.hinomi.kernel.device.DeviceKind;
import org.hinomi.kernel.device.DeviceRule;
import org.hinomi.kernel.device.Evidence;
import org.hinomi.kernel.device.HeaderShare;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.observatory.store.warehouse.Snapshot;
import org.hinomi.observatory.telescope.query.TupleQueries.Scanned;
import org.jspecify.annotations.Nullable;

/** What device a source probably is, from the scan packets of a range: what it attacks, its marks, its headers. */
final class HostDevice {
    private static final int MOST_TUPLES = 100_000;
    private static final int MOST_PORTS = 8;

    private final TupleQueries tuples;
    private final DeviceCatalogue devices;
    private final List<String> rules;
    private final int handmade;

    HostDevice(TupleQueries tuples, FingerprintCatalogue catalogue, DeviceCatalogue devices) {
        this.tuples = tuples;
        this.devices = devices;
        this.rules = catalogue.packetRules().stream().map(Fingerprint::name).toList();
        this.handmade = devices.handmade(rules);
    }

    /** A kind, and the points for it. */
    record Ranked(String kind, int points) {}

    /** A rule that holds, and what it says for and against kinds. */
    record Because(String rule, Map<String, Integer> points, String en, String ja) {
        static Because of(DeviceRule rule) {
            Map<String, Integer> points = new LinkedHashMap<>();
            rule.points().forEach((kind, more) -> points.put(kind.id(), more));
            return new Because(rule.name(), points, rule.because(), rule.becauseJa());
        }
    }

    /** Something that was seen. */
    record Seen(String feature, String value, long packets, long of) {}

    /** The answer. */
    record Device(
            TimeRange range,
            boolean partial,
            @Nullable String partialReason,
            boolean redacted,
            String address,
            List<String> kinds,
            String confidence,
            List<Ranked> ranking,
            List<Because> because,
            List<Seen> evidence) {}

    Device device(IpAddress address, Filter filter) {
        Scanned<List<Evidence>> scanned = tuples.scan(filter.from(address), this::evidence);
        Answers.Coverage coverage = Figures.coverage(scanned.plan());
        DeviceJudgement judged = devices.judge(scanned.answer());
        return new Device(
                coverage.range(),
                coverage.partial(),
                coverage.partialReason(),
                false,
                address.toString(),
                judged.kinds().stream().map(DeviceKind::id).toList(),
                judged.confidence().id(),
                judged.ranking().stream()
                        .map(each -> new Ranked(each.kind().id(), each.points()))
                        .toList(),
                judged.rules().stream().map(Because::of).toList(),
                scanned.answer().stream()
                        .map(each -> new Seen(each.feature(), each.value(), each.packets(), each.of()))
                        .toList());
    }

    private List<Evidence> evidence(Snapshot snapshot, ScanPlan plan) {
        Where where = Where.tuples(plan.filter());
        Map<String, Long> ports = new HashMap<>();
        long[] matched = new long[FlowRow.MOST_RULES];
        long[] packets = {0, 0};
        HeaderShare headers = new HeaderShare();
        String from = " FROM " + plan.table() + where.sql() + " LIMIT " + MOST_TUPLES;
        snapshot.tuples(from, where.values(), tagged -> {
            FlowRow row = tagged.tuple;
            if (row.kind() != Kind.SCAN.ordinal()) {
                return;
            }
            packets[0] += row.packetCnt;
            if (row.protocol == IpProtocol.TCP || row.protocol == IpProtocol.UDP) {
                String port = (row.protocol == IpProtocol.TCP ? "tcp/" : "udp/") + row.dstPort;
                ports.merge(port, row.packetCnt, Long::sum);
            }
            if (row.isSyn() && row.firstSeq >= 0) {
                packets[1] += row.packetCnt;
                headers.add(row, handmade);
                for (int lane = 0; lane < rules.size(); lane++) {
                    matched[lane] += row.matches(lane);
                }
            }
        });
        List<Evidence> evidence = new ArrayList<>(ports.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_PORTS)
                .map(each -> (Evidence) new Evidence.Port(each.getKey(), each.getValue(), packets[0]))
                .toList());
        for (int lane = 0; lane < rules.size(); lane++) {
            if (matched[lane] > 0) {
                evidence.add(new Evidence.Mark(rules.get(lane), matched[lane], packets[1]));
            }
        }
        evidence.addAll(headers.evidence());
        return evidence;
    }
}

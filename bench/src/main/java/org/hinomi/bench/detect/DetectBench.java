package org.hinomi.bench.detect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.hinomi.bench.detect.Judge.Told;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.packet.Kind;

/** How well, how soon and how quickly the detectors find what a month of made-up traffic holds. */
public final class DetectBench {
    /** A Thursday: 2026-01-01. */
    private static final long START = 1_767_225_600L;

    private static final String STREAM = "month";
    private static final KeyedEngine.Bounds BOUNDS = new KeyedEngine.Bounds(96L << 20, 1 << 21);
    private static final Set<String> SURE = Set.of("probable", "strong");
    private static final int LEAST_PACKETS = 5;

    private final List<Fingerprint> fingerprints;
    private final List<String> rules;
    private final DeviceCatalogue devices;
    private final Finding.Book book = new Finding.Book();
    private final List<KeyedEngine<?>> engines = new ArrayList<>();
    private final Thresholds scans = new Thresholds(Kind.SCAN, 30);
    private final Thresholds floods = new Thresholds(Kind.BACKSCATTER, 100);

    private DetectBench() throws IOException {
        fingerprints = FingerprintCatalogue.parse(text("fingerprints.txt")).packetRules();
        rules = fingerprints.stream().map(Fingerprint::name).toList();
        devices = DeviceCatalogue.parse(text("devices.txt"));
    }

    private static String text(String name) throws IOException {
        String resource = "/org/hinomi/kernel/" + name;
        try (InputStream in = Objects.requireNonNull(DetectBench.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Arguments: the seed, the number of days; and to write what was measured to a file, the file and today's date. */
    public static void main(String[] args) throws IOException {
        long seed = args.length > 0 ? Long.parseLong(args[0]) : 1;
        int days = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        Optional<Path> file = args.length > 3 ? Optional.of(Path.of(args[2])) : Optional.empty();
        MeasuredFile measured = new MeasuredFile(args.length > 3 ? args[3] : "", seed, days);
        new DetectBench().measure(seed, days, measured);
        if (file.isPresent()) {
            Files.writeString(file.get(), measured.text());
        }
    }

    private void measure(long seed, int days, MeasuredFile measured) {
        double empty = cpu();
        long packets = new Month(seed, START, days).run(rules, row -> {}, minute -> {});
        empty = cpu() - empty;
        Month month = new Month(seed, START, days);
        Reference reference = new MonthReference(month.addresses());
        DetectorCatalogue.all(Map.of(), fingerprints, devices).forEach(detector -> engines.add(engine(detector, reference)));
        double whole = cpu();
        month.run(
                rules,
                row -> engines.forEach(engine -> engine.add(STREAM, row)),
                minute -> engines.forEach(engine -> engine.advance(STREAM, KeyedEngine.watermark(minute))));
        engines.forEach(engine -> engine.end(STREAM));
        whole = cpu() - whole;
        CampaignTrack campaigns = new CampaignTrack(START, fingerprints, reference);
        new Month(seed, START, days)
                .run(
                        rules,
                        row -> {
                            scans.add(row);
                            floods.add(row);
                            campaigns.add(row);
                        },
                        campaigns::end);
        System.out.printf(
                Locale.ROOT,
                "%,d flow tuples of %d days, seed %d; all detectors on one core: %,.0f a second%n",
                packets,
                days,
                seed,
                packets / (whole - empty));
        report(month, days, measured);
        campaigns.report(month.truth().groups());
    }

    private <S extends org.hinomi.kernel.detect.KeyState> KeyedEngine<S> engine(
            Detector<S> detector, Reference reference) {
        return new KeyedEngine<>(detector, reference, BOUNDS, book);
    }

    /** Seconds that this thread has worked. */
    static double cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private List<Told> told(String detector, String kind) {
        return book.findings().values().stream()
                .filter(each -> each.last().detector().equals(detector)
                        && each.text("kind").equals(kind))
                .map(each -> new Told(
                        detector.equals("scan")
                                ? Thresholds.key(each.source(), (int) each.whole("port"))
                                : each.source(),
                        each.last().first(),
                        each.last().last(),
                        each.told()))
                .toList();
    }

    /** Machines of organisations that scan with at least five packets, against those that were told. */
    private Score own(Month month, String name, Predicate<Finding> sure) {
        Map<Long, Long> scanners = new TreeMap<>();
        Set<Long> any = new HashSet<>();
        month.truth()
                .senders()
                .forEach((source, senders) -> senders.stream()
                        .filter(sender -> sender.intent == Truth.Intent.SCAN
                                && month.addresses().owner(source.intValue()) >= 0)
                        .forEach(sender -> {
                            any.add(source);
                            if (sender.packets >= LEAST_PACKETS) {
                                scanners.put(source, sender.first);
                            }
                        }));
        Map<Long, Long> told = new TreeMap<>();
        book.findings().values().stream()
                .filter(sure)
                .filter(each -> each.source() >= 0 && month.addresses().owner((int) each.source()) >= 0)
                .forEach(each -> told.merge(each.source(), each.told(), Math::min));
        return Judge.sources(name, scanners, any::contains, told);
    }

    private void report(Month month, int days, MeasuredFile measured) {
        Truth truth = month.truth();
        System.out.println(Score.heading());
        List<Score> scores = List.of(
                Judge.spans(
                        "scan events",
                        truth.scans(),
                        span -> Thresholds.key(span.source(), span.port()),
                        told("scan", "scan")),
                Judge.spans(
                        "  30 packets an hour to a port",
                        truth.scans(),
                        span -> Thresholds.key(span.source(), span.port()),
                        scans.told()),
                Judge.spans("DoS victims", truth.victims(), Truth.Span::source, told("dos", "backscatter")),
                Judge.spans("  100 answers an hour", truth.victims(), Truth.Span::source, floods.told()),
                own(
                        month,
                        "own machines, probable or strong",
                        each -> each.last().detector().equals("own") && SURE.contains(each.text("grade"))),
                own(
                        month,
                        "  scan events alone",
                        each -> each.last().detector().equals("scan")
                                && each.text("kind").equals("scan")));
        scores.forEach(score -> System.out.println(score.row(days)));
        Groups groups = new Groups(truth.groups(), book.findings().values());
        groups.report(days);
        measured.add("scan_events", scores.get(0), "scan");
        measured.addBaseline("hourly_packets", scores.get(1), "scan");
        measured.add("victims", scores.get(2), "dos");
        measured.addBaseline("hourly_answers", scores.get(3), "dos");
        measured.add("own_machines", scores.get(4), "own");
        measured.addBaseline("own_by_scans", scores.get(5), "own");
        measured.add("groups", groups.told("groups"), "port_sync", "sync");
        measured.add("groups_by_surges", groups.surged("surges"), "port_surge");
        engines.forEach(engine -> {
            if (engine.late() + engine.overflowed() + engine.evicted() > 0) {
                System.out.println("lost: " + engine.late() + " late, " + engine.overflowed() + " too many, "
                        + engine.evicted() + " states pushed out");
            }
        });
    }
}

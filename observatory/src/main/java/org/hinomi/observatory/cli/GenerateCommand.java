package org.hinomi.observatory.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.observatory.capture.CaptureException;
import org.hinomi.observatory.capture.PcapWriter;
import org.hinomi.observatory.capture.PcapWriter.Resolution;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi generate}: a made-up capture, for trying things out and for tests. */
@Command(
        name = "generate",
        description = "Make up a darknet's traffic: the same seed gives the same file, byte by byte.",
        footer = "%nExamples:%n  hinomi generate day.pcap.gz --packets 1000000%n"
                + "  hinomi generate test.pcap --packets 50000 --seed 7 --profile mixed --truth truth.json%n"
                + "  hinomi generate six.pcap --darknet 198.18.0.0/15 2001:db8::/48 --start 2026-06-01T00:00:00Z%n"
                + "%nAll of it is invented, the senders too; no address in it did what the file says.")
public final class GenerateCommand implements Callable<Integer> {
    private static final long NANOS = 1_000_000_000L;
    private static final long STEP = 1 << 16;
    private static final long AVERAGE_RECORD = 83;

    @Parameters(paramLabel = "OUT.pcap", description = "File to write; .gz or .zst at its end compresses it.")
    @SuppressWarnings("NullAway.Init")
    String out;

    @Option(
            names = "--packets",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many; ${DEFAULT-VALUE}.")
    long packets;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Any whole number; ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--darknet",
            arity = "1..*",
            paramLabel = "CIDR",
            converter = Prefixes.class,
            description = "Where the packets go; 198.18.0.0/16 unless given.")
    List<Prefix> darknet = List.of();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "day",
            description = "day (24 hours), scan, backscatter or mixed (an hour each); ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    Profile profile;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            defaultValue = "2026-01-01T00:00:00Z",
            description = "Time of the beginning, RFC 3339; ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    String start;

    @Option(names = "--nanoseconds", description = "Write times in nanoseconds; microseconds unless given.")
    boolean nanoseconds;

    @Option(names = "--truth", paramLabel = "TRUTH.json", description = "Also write what every source really is.")
    @Nullable
    Path truth;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
        if (out.equals("-")) {
            throw wrong("a capture can't be generated to the standard output; name a file");
        }
        Traffic traffic = new Traffic(plan());
        try (PcapWriter writer = PcapWriter.create(
                        Path.of(out),
                        LinkType.ETHERNET,
                        nanoseconds ? Resolution.NANOSECONDS : Resolution.MICROSECONDS);
                Progress progress = Progress.of("Writing", packets * AVERAGE_RECORD)) {
            var done = progress.from();
            while (traffic.hasNext()) {
                for (long i = 0; i < STEP && traffic.hasNext(); i++) {
                    traffic.emit(writer);
                }
                done.accept(writer.bytes());
            }
            if (truth != null) {
                TruthFile.write(traffic.truth(), truth);
            }
            writer.finish();
        } catch (CaptureException e) {
            throw new Failure(e);
        }
        var console = spec.commandLine().getOut();
        console.printf(
                Locale.ROOT,
                "%,d packets of %,d sources in %s%n",
                packets,
                traffic.truth().sources(),
                out);
        console.flush();
        return 0;
    }

    private TrafficPlan plan() {
        PrefixSet to = darknet.isEmpty() ? TrafficPlan.USUAL_DARKNET : PrefixSet.of(darknet);
        Duration length = profile == Profile.DAY ? Duration.ofDays(1) : Duration.ofHours(1);
        try {
            Instant from = Instant.parse(start);
            long nanos = Math.addExact(Math.multiplyExact(from.getEpochSecond(), NANOS), from.getNano());
            if (from.plus(length).getEpochSecond() > 0xffff_ffffL) {
                throw wrong("--start " + start + " is too late: a pcap file can't hold times after the year 2106");
            }
            return new TrafficPlan(profile, seed, nanos, length.toNanos(), to, packets);
        } catch (DateTimeParseException e) {
            throw wrong("--start takes a time as 2026-01-01T00:00:00Z, not '" + start + "'");
        } catch (ArithmeticException e) {
            throw wrong("--start " + start + " is too far away");
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}

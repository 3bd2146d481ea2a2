package org.hinomi.observatory.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.observatory.capture.Capture;
import org.hinomi.observatory.capture.CaptureException;
import org.hinomi.observatory.capture.CaptureReport;
import org.hinomi.observatory.geo.GeoData;
import org.hinomi.observatory.geo.GeoStatus;
import org.hinomi.observatory.telescope.Analysis;
import org.hinomi.observatory.telescope.AnalysisReport;
import org.hinomi.observatory.telescope.KernelData;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code hinomi analyze}: what captures hold, offline. */
@Command(
        name = "analyze",
        description = "Tell what is in captures or flow tuple files: classes, sources, ports, tools.",
        footer = "%nExamples:%n  hinomi analyze darknet.pcap.gz --darknet 198.18.0.0/16%n"
                + "  tcpdump -w - | hinomi analyze - --json")
public final class AnalyzeCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "pcap or pcapng, plain, gzip or zstd; FlowTuple Avro; '-' is the standard input.")
    List<String> files = List.of();

    @Option(
            names = "--darknet",
            arity = "1..*",
            paramLabel = "CIDR",
            converter = Prefixes.class,
            description = "Count only packets to these addresses; the others are counted as outside.")
    List<Prefix> darknet = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory, for geolocation. Default: HINOMI_DATA, else ./data.")
    @Nullable
    Path data;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
        Analysis analysis = new Analysis(
                PrefixSet.of(darknet), KernelData.fingerprints(), (protocol, port) -> port == 23, batch -> {});
        List<Capture> captures = new ArrayList<>();
        try {
            for (String file : files) {
                captures.add(Capture.open(file));
            }
            try (Progress progress = Progress.of("Reading", size())) {
                for (Capture capture : captures) {
                    CaptureReport report = capture.read(analysis.frames(), progress.from());
                    analysis.warn(report.warnings());
                }
            }
        } catch (CaptureException e) {
            throw new Failure(e);
        } finally {
            captures.forEach(AnalyzeCommand::close);
        }
        print(analysis.finish(origin(analysis)));
        return 0;
    }

    private @Nullable Origin origin(Analysis analysis) {
        Path folder = DataDirectory.geo(DataDirectory.of(data, System.getenv()));
        GeoData geo = GeoData.open(folder);
        if (geo.status().state() == GeoStatus.State.FULL) {
            return geo.origin();
        }
        if (data != null || Files.exists(folder)) {
            analysis.warn(List.of(geo.status().detail()));
        }
        return null;
    }

    private long size() {
        long total = 0;
        for (String file : files) {
            Path path = Path.of(file);
            try {
                total += Files.isRegularFile(path) ? Files.size(path) : 0;
            } catch (IOException e) {
                throw new Failure(file + " can't be read: " + e.getMessage());
            }
        }
        return total;
    }

    private static void close(Capture capture) {
        try {
            capture.close();
        } catch (IOException e) {
            throw new Failure("a capture could not be closed: " + e.getMessage());
        }
    }

    private void print(AnalysisReport report) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (json) {
            JsonMapper mapper = JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            out.println(mapper.writeValueAsString(report));
        } else {
            AnalysisText.print(report, out);
        }
        out.flush();
        report.warnings().forEach(warning -> err.println("warning: " + warning));
        err.flush();
    }
}

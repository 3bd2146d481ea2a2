package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.capture.CaptureException;
import org.hinomi.observatory.geo.GeoData;
import org.hinomi.observatory.geo.GeoStatus;
import org.hinomi.observatory.store.flowfile.FlowFileWriter;
import org.hinomi.observatory.store.flowfile.FlowFormat;
import org.hinomi.observatory.telescope.Analysis;
import org.hinomi.observatory.telescope.AnalysisReport;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.wire.flowfile.FlowFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
                + "  hinomi analyze monday.pcap tuesday.pcap --flowtuples week.parquet%n"
                + "  tcpdump -w - | hinomi analyze - --json")
public final class AnalyzeCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "pcap or pcapng, plain, gzip or zstd; FlowTuple Avro or Parquet; '-' is the standard input.")
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

    @Option(
            names = "--flowtuples",
            paramLabel = "OUT",
            description =
                    "Write the flow tuples too: FILE.avro as Corsaro does (IPv4 only), FILE.parquet, or FILE.flows,"
                            + " Hinomi's own and by far the quickest.")
    @Nullable
    Path flowTuples;

    @Option(
            names = "--corsaro-fields",
            description = "Write no other fields into FILE.avro than Corsaro's 19, for readers that go by position.")
    boolean corsaroFields;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
        Optional<FlowFormat> format = format();
        GeoData geo = GeoData.open(DataFolder.geo(DataFolder.of(data, System.getenv())));
        FingerprintCatalogue catalogue = KernelData.fingerprints();
        List<AnalyzeInput> inputs = new ArrayList<>();
        try (FlowFileWriter out = writer(format, catalogue, geo)) {
            files.forEach(file -> inputs.add(AnalyzeInput.open(file, catalogue)));
            try (Analysis analysis = new Analysis(
                    PrefixSet.of(darknet),
                    catalogue,
                    KernelData.ports(),
                    out == null ? batch -> {} : out,
                    AnalyzeInput.cores(inputs))) {
                read(inputs, analysis, out);
                AnalysisReport report = analysis.finish(origin(geo, analysis));
                print(report, out == null ? List.of() : out.finish());
            }
        } catch (CaptureException | FlowFileException e) {
            throw new Failure(e);
        } finally {
            inputs.forEach(AnalyzeInput::close);
        }
        return 0;
    }

    private Optional<FlowFormat> format() {
        if (flowTuples == null) {
            return Optional.empty();
        }
        FlowFormat format = FlowFormat.ofName(flowTuples)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--flowtuples must end in .avro, .parquet or .flows, not " + flowTuples));
        return Optional.of(
                switch (format) {
                    case FlowFormat.Avro avro -> new FlowFormat.Avro(avro.codec(), corsaroFields);
                    case FlowFormat.Parquet parquet -> parquet;
                    case FlowFormat.Segments segments -> segments;
                });
    }

    private @Nullable FlowFileWriter writer(Optional<FlowFormat> format, FingerprintCatalogue catalogue, GeoData geo) {
        return format.isEmpty()
                ? null
                : FlowFileWriter.create(Objects.requireNonNull(flowTuples), format.get(), catalogue, geo.origin(), "");
    }

    private void read(List<AnalyzeInput> inputs, Analysis analysis, @Nullable FlowFileWriter out) {
        try (Progress progress = Progress.of("Reading", AnalyzeInput.bytes(files))) {
            for (AnalyzeInput input : inputs) {
                analysis.warn(input.read(analysis, out, progress.from()));
            }
        }
    }

    private @Nullable Origin origin(GeoData geo, Analysis analysis) {
        if (geo.status().state() != GeoStatus.State.NONE) {
            return geo.origin();
        }
        if (data != null || geo.damaged()) {
            analysis.warn(List.of(geo.status().detail()));
        }
        return null;
    }

    private void print(AnalysisReport report, List<String> left) {
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
        left.forEach(warning -> err.println("warning: " + warning));
        err.flush();
    }
}

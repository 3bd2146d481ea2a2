package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.address.OwnerTable;
import org.hinomi.kernel.address.Owners;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.research.Researchers;
import org.hinomi.observatory.capture.CaptureException;
import org.hinomi.observatory.cli.config.ConfigException;
import org.hinomi.observatory.cli.config.ConfigFile;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.detect.OfflineDetection;
import org.hinomi.observatory.detect.TowerReference;
import org.hinomi.observatory.geo.GeoData;
import org.hinomi.observatory.telescope.Analysis;
import org.hinomi.observatory.telescope.AnalysisReport;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.wire.flowfile.FlowFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code hinomi detect}: what the detectors find in captures, offline. */
@Command(
        name = "detect",
        description = "Tell what the detectors find in captures or flow tuple files: scans, floods, families, groups.",
        footer = "%nExamples:%n  hinomi detect darknet.pcap.gz --darknet 198.18.0.0/16%n"
                + "  hinomi detect week.flows --own 203.0.113.0/24 --json")
public final class DetectCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "As of analyze, in order of time: together they are one recording.")
    List<String> files = List.of();

    @Option(
            names = "--darknet",
            arity = "1..*",
            paramLabel = "CIDR",
            converter = Prefixes.class,
            description = "Look only at packets to these addresses; without it nothing can be told of coverage.")
    List<Prefix> darknet = List.of();

    @Option(
            names = "--own",
            arity = "1..*",
            paramLabel = "CIDR",
            converter = Prefixes.class,
            description = "Addresses of your own: tell which of them are heard in the dark.")
    List<Prefix> own = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take the detectors' parameters and the research scanners from hinomi.yaml.")
    @Nullable
    Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory, for geolocation. Default: HINOMI_DATA, else ./data.")
    @Nullable
    Path data;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    /** All that is printed. */
    record Answer(
            long packets,
            Map<String, Long> skipped,
            @Nullable Long outside,
            @Nullable String first,
            @Nullable String last,
            long lost,
            List<OfflineDetection.Found> detections,
            List<String> warnings) {}

    @Override
    public Integer call() {
        Path folder = DataFolder.of(data, System.getenv());
        FingerprintCatalogue catalogue = KernelData.fingerprints();
        PrefixSet dark = PrefixSet.of(darknet);
        List<AnalyzeInput> inputs = new ArrayList<>();
        OfflineDetection detection = detection(folder, catalogue, dark);
        try (Analysis analysis = new Analysis(dark, catalogue, KernelData.ports(), detection, 1)) {
            files.forEach(file -> inputs.add(AnalyzeInput.open(file, catalogue)));
            try (Progress progress = Progress.of("Reading", AnalyzeInput.bytes(files))) {
                for (AnalyzeInput input : inputs) {
                    analysis.warn(input.read(analysis, detection::add, progress.from()));
                }
            }
            print(analysis.finish(null), detection);
        } catch (CaptureException | FlowFileException e) {
            throw new Failure(e);
        } finally {
            inputs.forEach(AnalyzeInput::close);
        }
        return 0;
    }

    private OfflineDetection detection(Path folder, FingerprintCatalogue catalogue, PrefixSet dark) {
        Optional<RunSettings> settings = settings(folder);
        Researchers researchers = settings.<Researchers>map(given -> Researching.open(given, InstantSource.system()))
                .orElse(Researchers.NONE);
        Origin origin = GeoData.open(DataFolder.geo(folder)).origin();
        return new OfflineDetection(
                DetectorCatalogue.all(
                        settings.map(RunSettings::detectors).orElse(Map.of()),
                        catalogue.packetRules(),
                        KernelData.devices()),
                dark.v4Size(),
                new TowerReference(owners(), origin, researchers));
    }

    private Optional<RunSettings> settings(Path folder) {
        try {
            return Optional.ofNullable(config).map(file -> ConfigFile.read(file, folder));
        } catch (ConfigException e) {
            throw new Failure(e);
        }
    }

    private Owners owners() {
        Owner owner = new Owner("own", "own");
        OwnerTable table = new OwnerTable(
                own.stream().map(prefix -> new OwnerTable.Block(prefix, owner)).toList(), Map.of(), Origin.UNKNOWN);
        return (hi, lo, minute) -> table.at(hi, lo);
    }

    private void print(AnalysisReport report, OfflineDetection detection) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        List<OfflineDetection.Found> found = detection.finish();
        if (json) {
            JsonMapper mapper = JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            out.println(mapper.writeValueAsString(new Answer(
                    report.packets(),
                    report.skipped(),
                    report.outside(),
                    report.first(),
                    report.last(),
                    detection.lost(),
                    found,
                    report.warnings())));
        } else {
            DetectionText.print(report, found, detection.lost(), out);
        }
        out.flush();
        report.warnings().forEach(warning -> err.println("warning: " + warning));
        err.flush();
    }
}

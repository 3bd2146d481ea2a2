package org.hinomi.observatory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.capture.Capture;
import org.hinomi.observatory.store.flowfile.FlowFileReader;
import org.hinomi.observatory.store.flowfile.FlowTupleSink;
import org.hinomi.observatory.telescope.Analysis;
import org.jspecify.annotations.Nullable;

/** A file to analyze: a capture, or flow tuples. */
sealed interface AnalyzeInput {
    /** Packets. */
    record Packets(Capture capture) implements AnalyzeInput {}

    /** Flow tuples. */
    record Tuples(FlowFileReader reader) implements AnalyzeInput {}

    /** Opens a file as what its first bytes say it is. */
    static AnalyzeInput open(String name, FingerprintCatalogue catalogue) {
        Optional<FlowFileReader> tuples = name.equals("-") ? Optional.empty() : tuples(name, catalogue);
        return tuples.isPresent() ? new Tuples(tuples.get()) : new Packets(Capture.open(name));
    }

    private static Optional<FlowFileReader> tuples(String name, FingerprintCatalogue catalogue) {
        try {
            return FlowFileReader.open(Path.of(name), catalogue);
        } catch (InvalidPathException e) {
            throw new Failure(name + " is not a path: " + e.getReason());
        }
    }

    /** The length of all files together; what is no file counts nothing. */
    static long bytes(List<String> files) {
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

    /** How many processors an analysis of some files may use: stored tuples are added on one thread. */
    static int cores(List<AnalyzeInput> inputs) {
        boolean captures = inputs.stream().allMatch(Packets.class::isInstance);
        return captures ? Runtime.getRuntime().availableProcessors() : 1;
    }

    /** Gives all it holds to the analysis; the stored flow tuples that count go on as well. Tells the warnings. */
    default List<String> read(Analysis analysis, @Nullable FlowTupleSink out, LongConsumer progress) {
        return switch (this) {
            case Packets(Capture capture) ->
                capture.read(analysis.frames(), progress).warnings();
            case Tuples(FlowFileReader reader) ->
                reader.read(new Adding(analysis, out), progress).warnings();
        };
    }

    /** Adds stored tuples to an analysis, and passes them on. */
    record Adding(Analysis analysis, @Nullable FlowTupleSink out) implements FlowTupleSink {
        @Override
        public void tuple(FlowRow row) {
            if (analysis.add(row) && out != null) {
                out.tuple(row);
            }
        }

        @Override
        public void minute(FlowBatch batch) {
            if (!analysis.add(batch)) {
                FlowTupleSink.super.minute(batch);
            } else if (out != null) {
                out.minute(batch);
            }
        }
    }

    /** Closes the file. */
    default void close() {
        switch (this) {
            case Tuples(FlowFileReader reader) -> reader.close();
            case Packets(Capture capture) -> {
                try {
                    capture.close();
                } catch (IOException e) {
                    throw new Failure("a capture could not be closed: " + e.getMessage());
                }
            }
        }
    }
}

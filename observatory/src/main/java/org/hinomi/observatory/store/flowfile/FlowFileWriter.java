package org.hinomi.observatory.store.flowfile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.wire.flowfile.FlowFileException;
import org.hinomi.wire.flowfile.FlowLabels;

/**
 * Writes flow tuples to a file. They go to another name beside it; only {@link #finish} gives the file its name, and a
 * file that had it before is there until then. Closing without finishing leaves nothing behind. Not thread-safe.
 */
public abstract sealed class FlowFileWriter implements FlowSink, FlowTupleSink, AutoCloseable
        permits AvroFlowWriter, ParquetFlowWriter, SegmentFlowWriter {
    private final Path file;
    private final Path part;
    private final FlowRow row = new FlowRow();
    private boolean finished;

    FlowFileWriter(Path file) {
        this.file = file;
        this.part = part(file);
    }

    /**
     * Begins a file.
     *
     * @param catalogue the rules whose match counts the tuples carry
     * @param origin tells country and network of sources
     * @param sensor name of the sensor that saw the packets, or an empty text
     * @throws FlowFileException when it can't be written
     */
    public static FlowFileWriter create(
            Path file, FlowFormat format, FingerprintCatalogue catalogue, Origin origin, String sensor) {
        if (Files.isDirectory(file)) {
            throw new FlowFileException(file + " is a directory; name a file in it");
        }
        try {
            FlowLabels labels = new FlowLabels(origin);
            return switch (format) {
                case FlowFormat.Avro avro -> new AvroFlowWriter(file, avro, catalogue, labels, sensor);
                case FlowFormat.Parquet parquet -> new ParquetFlowWriter(file, catalogue, labels, sensor);
                case FlowFormat.Segments segments -> new SegmentFlowWriter(file, catalogue, sensor);
            };
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static Path part(Path file) {
        return file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    }

    /** What to say when it can't be written. */
    FlowFileException failure(IOException e) {
        return failure(file, e);
    }

    /** The name that the tuples are written under. */
    Path part() {
        return part;
    }

    @Override
    public void minute(FlowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, row);
            tuple(row);
        }
    }

    /**
     * Writes a tuple.
     *
     * @throws FlowFileException when it can't be written
     */
    @Override
    public void tuple(FlowRow tuple) {
        try {
            write(tuple);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Completes the file and gives it its name.
     *
     * @return sentences about what the file does not hold
     * @throws FlowFileException when it can't be written
     */
    public List<String> finish() {
        try {
            List<String> warnings = complete();
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            rename();
            finished = true;
            return warnings.stream().map(each -> file + ": " + each).toList();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private void rename() throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() {
        try {
            try {
                release();
            } finally {
                if (!finished) {
                    Files.deleteIfExists(part);
                }
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    abstract void write(FlowRow tuple) throws IOException;

    /** Writes what is left; tells what could not be written. */
    abstract List<String> complete() throws IOException;

    /** Closes what is open. */
    abstract void release() throws IOException;

    private static FlowFileException failure(Path file, IOException e) {
        return new FlowFileException(file + " can't be written: " + DataDirectory.reason(e)
                + "; look at its folder's permissions and free space");
    }
}

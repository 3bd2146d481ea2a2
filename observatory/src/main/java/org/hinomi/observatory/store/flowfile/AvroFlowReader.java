package org.hinomi.observatory.store.flowfile;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.avro.Schema;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.AvroContainer;
import org.hinomi.wire.flowfile.AvroCursor;
import org.hinomi.wire.flowfile.AvroRecord;
import org.hinomi.wire.flowfile.Damage;
import org.hinomi.wire.flowfile.FlowFileException;

/** Reads flow tuples from an Avro object container file (Avro specification 1.12), mapped. */
final class AvroFlowReader extends FlowFileReader {
    private final Arena arena = Arena.ofConfined();
    private final AvroContainer container;
    private final AvroRecord record;
    private final List<String> warnings = new ArrayList<>();

    /**
     * Opens a file and checks its header.
     *
     * @throws FlowFileException when it holds no flow tuples
     */
    @SuppressWarnings("MustBeClosedChecker") // the arena lives as long as the reader
    AvroFlowReader(Path file, FingerprintCatalogue catalogue) {
        super(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            container = AvroContainer.open(bytes);
            record = AvroRecord.of(container.schema(), catalogue);
            List<String> fields = container.schema().getFields().stream()
                    .map(Schema.Field::name)
                    .toList();
            missing(fields, catalogue).ifPresent(this::warn);
        } catch (IOException e) {
            arena.close();
            throw new FlowFileException(file + " can't be read: " + e.getMessage());
        } catch (Damage e) {
            arena.close();
            throw new FlowFileException(file + " is no file of flow tuples: " + e.what());
        }
    }

    private void warn(String what) {
        warnings.add(name() + ": " + what);
    }

    @Override
    public FlowFileReport read(FlowTupleSink sink, LongConsumer progress) {
        FlowRow row = new FlowRow();
        long tuples = 0;
        while (!container.atEnd()) {
            long block = container.position();
            try {
                long count = container.nextBlock();
                AvroCursor values = new AvroCursor(container.block());
                for (long i = 0; i < count; i++) {
                    record.read(values, row);
                    sink.tuple(row);
                    tuples++;
                }
                if (!values.atEnd()) {
                    throw new Damage("it has more bytes than flow tuples");
                }
                container.endBlock();
            } catch (Damage e) {
                warn("the block at byte " + block + " is damaged: " + e.what() + "; what is after it was not read");
                break;
            }
            progress.accept(container.position());
        }
        return new FlowFileReport(tuples, List.copyOf(warnings));
    }

    @Override
    public void close() {
        arena.close();
    }
}

package org.hinomi.observatory.store.flowfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.store.segment.SegmentBuilder;
import org.hinomi.observatory.store.segment.SegmentCodec;
import org.jspecify.annotations.Nullable;

/** Writes flow tuples as minute segments, one after the other: all fields, both IP families, a minute at a time. */
final class SegmentFlowWriter extends FlowFileWriter {
    private static final int MOST_ROWS = 1 << 19;

    private final FileChannel out;
    private @Nullable SegmentBuilder gathered;

    SegmentFlowWriter(Path file, FingerprintCatalogue catalogue, String sensor) throws IOException {
        super(file);
        out = FileChannel.open(
                part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        List<String> rules =
                catalogue.packetRules().stream().map(Fingerprint::name).toList();
        write(new SegmentPreamble(sensor, rules).bytes());
    }

    @Override
    public void minute(FlowBatch batch) {
        try {
            for (int from = 0; from < batch.size(); from += MOST_ROWS) {
                write(SegmentCodec.encode(batch, from, Math.min(MOST_ROWS, batch.size() - from)));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    void write(FlowRow tuple) throws IOException {
        SegmentBuilder open = gathered;
        if (open == null || open.minute() != tuple.time || open.size() == MOST_ROWS) {
            writeGathered();
            open = new SegmentBuilder(tuple.time, false);
            gathered = open;
        }
        open.add(tuple);
    }

    private void writeGathered() throws IOException {
        SegmentBuilder full = gathered;
        if (full != null) {
            write(full.bytes());
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    @Override
    List<String> complete() throws IOException {
        writeGathered();
        return List.of();
    }

    @Override
    void release() throws IOException {
        out.close();
    }
}

package org.hinomi.observatory.store.flowfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.TupleWords;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.segment.DamagedSegment;
import org.hinomi.observatory.store.segment.SegmentCodec;
import org.hinomi.wire.flowfile.Damage;
import org.hinomi.wire.flowfile.FlowFileException;
import org.jspecify.annotations.Nullable;

/** Reads the minute segments of a file, each checked before a tuple of it counts. */
final class SegmentFlowReader extends FlowFileReader {
    private static final int MOST_BYTES = 1 << 28;
    private static final long LAST_SECOND = 253_402_300_799L;

    private final FileChannel in;
    private final long size;
    private final int[] lanes;
    private final boolean sameLanes;
    private final List<String> warnings = new ArrayList<>();
    private final FlowRow row = new FlowRow();
    private final int[] counts = new int[FlowRow.MOST_RULES];
    private long fewest;

    /**
     * Opens a file and reads which rules it was written with.
     *
     * @throws FlowFileException when it can't be read
     */
    SegmentFlowReader(Path file, FingerprintCatalogue catalogue) {
        super(file);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file);
            in = channel;
            size = channel.size();
            ByteBuffer header = next(SegmentPreamble.HEADER);
            SegmentPreamble preamble = SegmentPreamble.of(
                    header, next(SegmentPreamble.length(header)).array());
            List<String> rules =
                    catalogue.packetRules().stream().map(Fingerprint::name).toList();
            lanes = preamble.rules().stream().mapToInt(rules::indexOf).toArray();
            sameLanes = preamble.rules().equals(rules);
            missingRules(rules.stream()
                            .filter(rule -> !preamble.rules().contains(rule))
                            .toList())
                    .ifPresent(this::warn);
        } catch (IOException e) {
            close(channel);
            throw new FlowFileException(file + " can't be read: " + DataDirectory.reason(e));
        } catch (Damage e) {
            close(channel);
            throw new FlowFileException(file + " can't be read: " + e.what());
        }
    }

    /** The next bytes of the file; fewer than wanted when it ends before. */
    private ByteBuffer next(int wanted) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(wanted, size - in.position()));
        while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
        return bytes.flip();
    }

    private void warn(String what) {
        warnings.add(name() + ": " + what);
    }

    @Override
    public FlowFileReport read(FlowTupleSink sink, LongConsumer progress) {
        long tuples = 0;
        long begin = 0;
        try {
            for (begin = in.position(); begin < size; begin = in.position()) {
                tuples += give(minute(begin), sink);
                progress.accept(in.position());
            }
        } catch (Damage e) {
            warn("the segment at byte " + begin + " is damaged: " + e.what() + "; what is after it was not read");
        } catch (IOException e) {
            warn("it can't be read after byte " + begin + ": " + DataDirectory.reason(e));
        }
        progress.accept(size);
        return new FlowFileReport(tuples, List.copyOf(warnings));
    }

    private FlowBatch minute(long begin) throws IOException, Damage {
        ByteBuffer header = next(SegmentCodec.HEADER);
        long length = SegmentCodec.length(header);
        if (length == 0) {
            throw new Damage(
                    header.remaining() < SegmentCodec.HEADER ? "the file ends in it" : "it does not begin like one");
        }
        if (length > size - begin) {
            throw new Damage("the file ends in it");
        }
        if (length > MOST_BYTES) {
            throw new Damage("it is " + length + " bytes long");
        }
        in.position(begin);
        try {
            FlowBatch minute = SegmentCodec.decode(next((int) length).array());
            if (minute.time() < 0 || minute.time() > LAST_SECOND) {
                throw new Damage("its minute is " + minute.time());
            }
            return minute;
        } catch (DamagedSegment e) {
            throw new Damage(e.why());
        }
    }

    private int give(FlowBatch minute, FlowTupleSink sink) throws Damage {
        if (sameLanes) {
            check(minute);
            sink.minute(minute);
            return minute.size();
        }
        for (int i = 0; i < minute.size(); i++) {
            minute.read(i, row);
            check(row.packetCnt);
            translate();
            sink.tuple(row);
        }
        return minute.size();
    }

    private void check(FlowBatch minute) throws Damage {
        fewest = Long.MAX_VALUE;
        minute.packed((words, count, first) -> {
            for (int i = 0; i < count; i++) {
                fewest = Math.min(fewest, TupleWords.packets(words[i * TupleWords.WORDS + 3]));
            }
        });
        for (int i = minute.packed(); i < minute.size(); i++) {
            minute.read(i, row);
            fewest = Math.min(fewest, row.packetCnt);
        }
        check(fewest);
    }

    private static void check(long packets) throws Damage {
        if (packets < 1) {
            throw new Damage("the packets of a flow tuple are " + packets);
        }
    }

    /** Moves the match counts of the row to the lanes of today's rules. */
    private void translate() {
        for (int lane = 0; lane < lanes.length; lane++) {
            counts[lane] = row.matches(lane);
        }
        row.matchAll(0);
        for (int lane = 0; lane < lanes.length; lane++) {
            if (lanes[lane] >= 0) {
                row.match(lanes[lane], counts[lane]);
            }
        }
    }

    @Override
    public void close() {
        close(in);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new FlowFileException("a file of flow tuples could not be closed: " + DataDirectory.reason(e));
        }
    }
}

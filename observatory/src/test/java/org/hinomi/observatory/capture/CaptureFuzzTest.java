package org.hinomi.observatory.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hinomi.kernel.packet.FrameSink;

/** Any bytes are read as a capture without a failure, and in pieces as in one. */
class CaptureFuzzTest {
    @FuzzTest
    void anyBytesAreReadAsPcap(byte[] bytes) {
        inPiecesAsInOne(bytes, PcapParser::of, PcapParser.HEADER);
    }

    @FuzzTest
    void anyBytesAreReadAsPcapng(byte[] bytes) {
        inPiecesAsInOne(bytes, PcapngParser::of, 0);
    }

    private static void inPiecesAsInOne(
            byte[] bytes, Function<MemorySegment, Optional<RecordParser>> format, int header) {
        MemorySegment window = MemorySegment.ofArray(bytes);
        Optional<RecordParser> whole = format.apply(window);
        if (whole.isEmpty()) {
            return;
        }
        List<String> frames = new ArrayList<>();
        FrameSink sink = (nanos, segment, offset, captured, wire, linkType) -> {
            assertThat(offset).isBetween(0L, (long) bytes.length);
            assertThat(captured).isBetween(0, (int) (bytes.length - offset));
            frames.add(nanos + " " + offset + " " + captured + " " + wire + " " + linkType);
        };
        long end = whole.get().parse(window, header, bytes.length, sink);
        assertThat(end).isBetween((long) header, (long) bytes.length);

        List<String> inOne = List.copyOf(frames);
        frames.clear();
        RecordParser pieces = format.apply(window).orElseThrow();
        long at = header;
        for (int to = header; to <= bytes.length && pieces.damage().isEmpty(); to++) {
            at = pieces.parse(window, at, to, sink);
        }
        assertThat(frames).isEqualTo(inOne);
        assertThat(at).isEqualTo(end);
        assertThat(pieces.damage()).isEqualTo(whole.get().damage());
        assertThat(pieces.longerThanSnap()).isEqualTo(whole.get().longerThanSnap());
    }
}

package org.hinomi.observatory.capture;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.hinomi.kernel.packet.FrameSink;
import org.jspecify.annotations.Nullable;

/**
 * Reads a capture (pcap or pcapng) piece by piece, as its bytes come: a record that is not whole waits for the rest of
 * it. What the capture holds is not believed: see {@link RecordParser}.
 */
public final class CaptureFeed {
    private static final int FIRST_SIZE = 1 << 18;
    private static final int LARGEST = 2 * RecordParser.LARGEST_RECORD;

    private final String name;
    private byte[] bytes = new byte[FIRST_SIZE];
    private MemorySegment window = MemorySegment.ofArray(bytes);
    private int from;
    private int to;
    private @Nullable RecordParser parser;

    /**
     * A capture of which nothing came yet.
     *
     * @param name what to call it in sentences
     */
    public CaptureFeed(String name) {
        this.name = name;
    }

    /** How bytes are brought. */
    @FunctionalInterface
    interface Bytes {
        /** Writes some bytes at an offset, at most as many as there is room for; -1 when there are none. */
        int into(byte[] buffer, int offset, int room) throws java.io.IOException;
    }

    /**
     * Takes more bytes, and gives each packet that is whole now to a sink.
     *
     * @throws CaptureException with a sentence when it does not begin like a capture
     */
    public void take(byte[] more, int length, FrameSink sink) {
        int taken = 0;
        while (taken < length && damage().isEmpty()) {
            makeRoom();
            int some = Math.min(length - taken, bytes.length - to);
            System.arraycopy(more, taken, bytes, to, some);
            taken += some;
            to += some;
            parse(sink);
        }
    }

    /** Takes bytes from where they come; false when there are none now. */
    boolean take(Bytes source, FrameSink sink) throws java.io.IOException {
        makeRoom();
        int some = damage().isPresent() ? -1 : source.into(bytes, to, bytes.length - to);
        if (some <= 0) {
            return false;
        }
        to += some;
        parse(sink);
        return true;
    }

    private void makeRoom() {
        if (from == to) {
            from = to = 0;
        }
        if (to == bytes.length) {
            byte[] target = from > bytes.length / 2 ? bytes : new byte[Math.min(LARGEST, bytes.length * 2)];
            System.arraycopy(bytes, from, target, 0, to - from);
            bytes = target;
            window = MemorySegment.ofArray(bytes);
            to -= from;
            from = 0;
        }
    }

    private void parse(FrameSink sink) {
        if (parser == null && to - from >= PcapParser.HEADER) {
            MemorySegment start = window.asSlice(from, to - from);
            Optional<RecordParser> pcap = PcapParser.of(start);
            if (pcap.isPresent()) {
                from += PcapParser.HEADER;
            }
            parser = pcap.or(() -> PcapngParser.of(start))
                    .orElseThrow(() -> new CaptureException(
                            name + " is not a capture: it begins with none of the marks of pcap and pcapng"));
        }
        if (parser != null) {
            from = (int) parser.parse(window, from, to, sink);
        }
    }

    /** Whether bytes of a record that is not whole wait. */
    public boolean waits() {
        return to > from;
    }

    /** What is wrong with the record where reading stopped for good; empty while there is nothing wrong. */
    public Optional<String> damage() {
        return parser == null ? Optional.empty() : parser.damage();
    }
}

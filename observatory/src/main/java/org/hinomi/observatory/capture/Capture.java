package org.hinomi.observatory.capture;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.store.DataDirectory;
import org.jspecify.annotations.Nullable;

/**
 * A capture file that was opened and recognised: pcap or pcapng, plain, gzip or zstd; {@code -} is the standard input.
 * What it holds is not believed: see {@link RecordParser}.
 */
public final class Capture implements AutoCloseable {
    private final String name;
    private final CaptureInput input;
    private final RecordParser parser;
    private final List<String> warnings = new ArrayList<>();

    private Capture(String name, CaptureInput input, RecordParser parser) {
        this.name = name;
        this.input = input;
        this.parser = parser;
    }

    /**
     * Opens a capture and reads its header.
     *
     * @throws CaptureException with a sentence when it is missing, empty, not readable or not a capture
     */
    public static Capture open(String name) {
        CaptureInput input = null;
        try {
            input = CaptureInput.open(name);
            MemorySegment start = input.window().asSlice(input.from(), input.to() - input.from());
            Optional<RecordParser> parser = PcapngParser.of(start);
            if (parser.isPresent()) {
                return new Capture(name, input, parser.get());
            }
            parser = PcapParser.of(start);
            if (parser.isPresent()) {
                input.skip(PcapParser.HEADER);
                return new Capture(name, input, parser.get());
            }
            throw new CaptureException(name + notACapture(start.byteSize()));
        } catch (IOException e) {
            throw closing(input, new CaptureException(name + " can't be read: " + reason(e)));
        } catch (CaptureException e) {
            throw closing(input, e);
        }
    }

    /** Whether a name stands for the standard input. */
    public static boolean isStandardInput(String name) {
        return name.equals(CaptureInput.STANDARD_INPUT);
    }

    /** Whether the file is an Avro container, which holds flow tuples and no packets. */
    public static boolean isAvro(String name) {
        if (isStandardInput(name)) {
            return false;
        }
        try (CaptureInput input = CaptureInput.open(name)) {
            return Magic.of(input.window()) == Magic.AVRO;
        } catch (IOException e) {
            throw new CaptureException(name + " can't be read: " + reason(e));
        }
    }

    private static String notACapture(long size) {
        return size == 0
                ? " is empty"
                : " is not a capture: it begins with none of the marks of pcap, pcapng, gzip, zstd or Avro";
    }

    private static CaptureException closing(@Nullable CaptureInput input, CaptureException failure) {
        if (input != null) {
            try {
                input.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }

    private static String reason(IOException e) {
        return switch (e) {
            case EOFException eof -> "its compressed data ends too early";
            case ZipException zip -> "its compressed data is damaged (" + zip.getMessage() + ")";
            default -> DataDirectory.reason(e);
        };
    }

    /**
     * Gives all packets to a sink, in the order of the file.
     *
     * @param progress told from time to time how many bytes of the file were read
     */
    public CaptureReport read(FrameSink sink, LongConsumer progress) {
        boolean more = true;
        while (more) {
            long used = parser.parse(input.window(), input.from(), input.to(), sink);
            if (parser.damage().isPresent()) {
                warnings.add(name + ": " + parser.damage().get() + ", at byte " + input.position(used)
                        + "; what is after it was not read");
                break;
            }
            more = advance(used);
            progress.accept(input.bytesRead());
        }
        long left = input.to() - input.from();
        if (warnings.isEmpty() && left > 0) {
            warnings.add(name + ": the file ends in the middle of a record, at byte " + input.position(input.from()));
        }
        if (parser.longerThanSnap() > 0) {
            warnings.add(name + ": " + parser.longerThanSnap() + " packets are longer than the file's own snap length");
        }
        return new CaptureReport(parser.packets(), List.copyOf(warnings));
    }

    private boolean advance(long used) {
        try {
            return input.advance(used);
        } catch (IOException e) {
            warnings.add(name + ": " + reason(e) + ", after byte " + input.position(input.to()));
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}

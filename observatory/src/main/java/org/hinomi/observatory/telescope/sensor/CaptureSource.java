package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.capture.Capture;
import org.hinomi.observatory.capture.CaptureException;
import org.hinomi.observatory.capture.CaptureReport;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.telescope.live.PacedSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays capture files back, one after the other. */
public final class CaptureSource implements PacketSource {
    private static final Logger LOG = LoggerFactory.getLogger(CaptureSource.class);

    private final List<String> files;
    private final double speed;
    private final InstantSource clock;

    /**
     * A player.
     *
     * @param speed event time against wall time; infinite for as fast as can be
     */
    public CaptureSource(List<String> files, double speed, InstantSource clock) {
        this.files = List.copyOf(files);
        this.speed = speed;
        this.clock = clock;
    }

    /** Looks at the beginning of each file, so that a wrong name is found before the first is played. */
    @Override
    public void open() {
        for (String file : files) {
            if (!Capture.isStandardInput(file)) {
                with(file, capture -> {});
            }
        }
    }

    @Override
    public void close() {}

    @Override
    public void run(FrameSink sink, LongConsumer quiet) {
        FrameSink paced = Double.isInfinite(speed) ? sink : new PacedSink(sink, clock, speed);
        for (String file : files) {
            with(file, capture -> {
                CaptureReport report = capture.read(stoppable(paced), done -> {});
                report.warnings().forEach(warning -> LOG.warn("{}", warning));
            });
        }
    }

    private static void with(String file, Consumer<Capture> use) {
        try (Capture capture = Capture.open(file)) {
            use.accept(capture);
        } catch (CaptureException e) {
            throw new SourceException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new SourceException(file + " can't be read: " + DataDirectory.reason(e), e);
        }
    }

    private static FrameSink stoppable(FrameSink sink) {
        return (nanos, bytes, offset, captured, wire, linkType) -> {
            if (Thread.currentThread().isInterrupted()) {
                throw new SourceException("playing was stopped");
            }
            sink.frame(nanos, bytes, offset, captured, wire, linkType);
        };
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public boolean waits() {
        return true;
    }
}

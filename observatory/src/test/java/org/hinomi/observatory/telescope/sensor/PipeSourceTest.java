package org.hinomi.observatory.telescope.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PipeSourceTest {
    private static final PrefixSet DARK = PrefixSet.of(List.of(Prefix.parse("198.18.0.0/15")));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final AtomicLong packets = new AtomicLong();
    private final CountDownLatch quiet = new CountDownLatch(1);

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private byte[] capture(int packets) throws IOException {
        new CaptureCutter(folder, CaptureCutter.plan(1_767_225_600L, 5, DARK, packets));
        return Files.readAllBytes(folder.resolve("whole.pcap"));
    }

    private void awaitPackets(long count) throws InterruptedException {
        for (int i = 0; i < 3000 && packets.get() < count; i++) {
            Thread.sleep(10);
        }
        assertThat(packets.get()).isEqualTo(count);
    }

    private Thread run(PipeSource source) {
        return Thread.ofPlatform()
                .start(() -> source.run(
                        (nanos, bytes, offset, captured, wire, linkType) -> packets.incrementAndGet(),
                        now -> quiet.countDown()));
    }

    @Test
    void packetsOfANamedPipeAreTakenAsTheyComeFromOneWriterAfterTheOther() throws Exception {
        Path pipe = pipe();
        byte[] capture = capture(1000);
        try (PipeSource source = new PipeSource(pipe.toString(), InstantSource.system())) {
            source.open();
            Thread reader = run(source);
            assertThat(quiet.await(30, TimeUnit.SECONDS)).isTrue();
            for (int writer = 1; writer <= 2; writer++) {
                try (OutputStream out = Files.newOutputStream(pipe)) {
                    out.write(capture, 0, 24 + 16 + 10);
                    out.flush();
                    out.write(capture, 24 + 16 + 10, capture.length - 24 - 16 - 10 - 1);
                    out.flush();
                    awaitPackets(writer * 1000L - 1);
                    out.write(capture, capture.length - 1, 1);
                }
                awaitPackets(writer * 1000L);
            }
            reader.interrupt();
            reader.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(reader.isAlive()).isFalse();
        }
    }

    @Test
    void whatIsNoCaptureIsToldAndTheNextWriterIsTaken() throws Exception {
        Path pipe = pipe();
        byte[] capture = capture(100);
        try (PipeSource source = new PipeSource(pipe.toString(), InstantSource.system())) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try (OutputStream out = Files.newOutputStream(pipe)) {
                    out.write("this is no capture at all, but it is long"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertThatThrownBy(() -> source.run((n, bytes, offset, captured, wire, type) -> {}, now -> {}))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("pipe is not a capture");
            assertThat(source.figures().damaged()).isEqualTo(1);
            writer.join();
            Thread reader = run(source);
            try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(capture);
            }
            awaitPackets(100);
            reader.interrupt();
            reader.join();
        }
    }

    @Test
    void whatIsNoPipeIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new PipeSource(file.toString(), InstantSource.system()).open())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("file is not a pipe; captures in files are taken by --replay or --directory");
        assertThatThrownBy(() -> new PipeSource(folder.resolve("none").toString(), InstantSource.system()).open())
                .hasMessageContaining("none does not exist; 'mkfifo");
    }
}

package org.hinomi.bench;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.packet.PacketDecoder;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.observatory.capture.Capture;
import org.hinomi.observatory.store.segment.SegmentCodec;
import org.hinomi.observatory.telescope.Analysis;
import org.hinomi.observatory.telescope.KernelData;

/** Runs one stage of the packet path over a capture, as its own process, and prints packets a second of CPU time. */
public final class PacketStages {
    private PacketStages() {}

    /** Arguments: decode, classify, tuples, segments or all; a capture; how many passes, 1 unless given. */
    public static void main(String[] args) throws IOException {
        int passes = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        long before = 0;
        for (int pass = 1; pass <= passes; pass++) {
            Stage stage = stage(args[0]);
            long packets;
            try (Capture capture = Capture.open(args[1])) {
                packets = capture.read(stage, done -> {}).packets();
            }
            long result = stage.result();
            long now = cpuNanos();
            double seconds = (now - before) / 1e9;
            before = now;
            System.out.printf(
                    Locale.ROOT,
                    "%-9s pass %d: %,d packets, %.2f s of CPU%s, %.2f M packets/s, result %d%n",
                    args[0],
                    pass,
                    packets,
                    seconds,
                    pass == 1 ? " with start-up" : "",
                    packets / seconds / 1e6,
                    result);
        }
    }

    private static Stage stage(String name) {
        return switch (name) {
            case "decode" -> new Decode();
            case "classify" -> new Classify(KernelData.fingerprints());
            case "tuples" -> new Tuples(KernelData.fingerprints(), FlowBatch::size);
            case "segments" -> new Tuples(KernelData.fingerprints(), PacketStages::segmentBytes);
            case "all" -> new All();
            default -> throw new IllegalArgumentException("no stage " + name);
        };
    }

    private static int segmentBytes(FlowBatch batch) {
        return SegmentCodec.encode(batch, 0, batch.size()).remaining();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private interface Stage extends FrameSink {
        long result();
    }

    private static final class Decode implements Stage {
        private final PacketHeader header = new PacketHeader();
        private long decoded;

        @Override
        public void frame(long nanos, MemorySegment bytes, long offset, int captured, int wire, int linkType) {
            if (PacketDecoder.decode(bytes, offset, captured, linkType, header) == null) {
                decoded++;
            }
        }

        @Override
        public long result() {
            return decoded;
        }
    }

    private static final class Classify implements Stage {
        private final FingerprintCatalogue catalogue;
        private final PacketHeader header = new PacketHeader();
        private final long[] classes = new long[PacketClass.count()];
        private long matching;

        private Classify(FingerprintCatalogue catalogue) {
            this.catalogue = catalogue;
        }

        @Override
        public void frame(long nanos, MemorySegment bytes, long offset, int captured, int wire, int linkType) {
            if (PacketDecoder.decode(bytes, offset, captured, linkType, header) == null) {
                classes[PacketClass.of(header.protocol, header.tcpFlags, header.laterFragment)]++;
                matching += Long.bitCount(catalogue.match(header));
            }
        }

        @Override
        public long result() {
            return classes[0] + matching;
        }
    }

    private static final class Tuples implements Stage {
        private long sum;
        private final FlowMinutes minutes;
        private final PacketPath path;

        private Tuples(FingerprintCatalogue catalogue, ToIntFunction<FlowBatch> minute) {
            minutes = new FlowMinutes(Analysis.MOST_TUPLES, batch -> sum += minute.applyAsInt(batch));
            path = new PacketPath(
                    PrefixSet.of(java.util.List.of(Prefix.parse("198.18.0.0/16"))),
                    catalogue,
                    minutes,
                    PacketWitness.NONE);
        }

        @Override
        public void frame(long nanos, MemorySegment bytes, long offset, int captured, int wire, int linkType) {
            path.frame(nanos, bytes, offset, captured, wire, linkType);
        }

        @Override
        public long result() {
            minutes.close();
            return sum;
        }
    }

    private static final class All implements Stage {
        private final Analysis analysis = new Analysis(
                PrefixSet.of(java.util.List.of(Prefix.parse("198.18.0.0/16"))),
                KernelData.fingerprints(),
                (protocol, port) -> port == 23,
                batch -> {},
                1);
        private final FrameSink path = analysis.frames();

        @Override
        public void frame(long nanos, MemorySegment bytes, long offset, int captured, int wire, int linkType) {
            path.frame(nanos, bytes, offset, captured, wire, linkType);
        }

        @Override
        public long result() {
            return analysis.finish(null).flowTuples();
        }
    }
}

package org.hinomi.bench;

import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.kernel.packet.PacketDecoder;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.SkipReason;
import org.hinomi.observatory.telescope.KernelData;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The parts of the packet path, each alone: nanoseconds a packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PathBenchmark {
    private final SynFlood flood = new SynFlood();
    private final PacketHeader header = new PacketHeader();
    private final FingerprintCatalogue catalogue = KernelData.fingerprints();
    private long tuples;
    private final FlowMinutes minutes = new FlowMinutes(1 << 18, batch -> tuples += batch.size());
    private long number;

    /** Decodes a SYN in an Ethernet frame. */
    @Benchmark
    public @Nullable SkipReason decode() {
        return PacketDecoder.decode(flood.bytes, 0, SynFlood.LENGTH, LinkType.ETHERNET, header);
    }

    /** Decodes it and runs all packet rules. */
    @Benchmark
    public long decodeAndFingerprint() {
        PacketDecoder.decode(flood.bytes, 0, SynFlood.LENGTH, LinkType.ETHERNET, header);
        return catalogue.match(header);
    }

    /** Decodes a packet that is always another, and counts it into its flow tuple, 250,000 a minute. */
    @Benchmark
    public long decodeAndCount() {
        flood.write(number++);
        PacketDecoder.decode(flood.bytes, 0, SynFlood.LENGTH, LinkType.ETHERNET, header);
        minutes.add(number * 240_000, header, 0);
        return tuples;
    }
}

package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.observatory.capture.PcapWriter;

/** Writes a made-up capture as tcpdump does: piece by piece, into one file after the other. */
final class CaptureCutter {
    private static final int HEADER = 24;
    private static final int RECORD = 16;

    private final byte[] capture;
    private final List<Integer> starts = new ArrayList<>();
    private int written = HEADER;

    /** The capture of a traffic, made beside the directory that it will be written to. */
    CaptureCutter(Path beside, TrafficPlan plan) throws IOException {
        Path file = beside.resolve("whole.pcap");
        Traffic traffic = new Traffic(plan);
        try (PcapWriter writer = PcapWriter.create(file, LinkType.ETHERNET, PcapWriter.Resolution.MICROSECONDS)) {
            while (traffic.hasNext()) {
                traffic.emit(writer);
            }
            writer.finish();
        }
        capture = Files.readAllBytes(file);
        ByteBuffer words = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = HEADER; at < capture.length; at += RECORD + words.getInt(at + 8)) {
            starts.add(at);
        }
    }

    /** Traffic of some minutes from a time on. */
    static TrafficPlan plan(long startSecond, int minutes, PrefixSet dark, long packets) {
        long minute = 60_000_000_000L;
        return new TrafficPlan(Profile.MIXED, 5, startSecond * 1_000_000_000L, minutes * minute, dark, packets);
    }

    boolean done() {
        return written == capture.length;
    }

    /** Begins a file, with as little as its header. */
    void begin(Path file) throws IOException {
        Files.write(file, Arrays.copyOf(capture, HEADER));
    }

    /** Writes on, to the end of a record or not. */
    void write(Path file, int bytes, boolean whole) throws IOException {
        int to = (int) Math.min(capture.length, (long) written + bytes);
        if (whole) {
            int goal = to;
            to = starts.stream().filter(start -> start >= goal).findFirst().orElse(capture.length);
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND, StandardOpenOption.CREATE)) {
            out.write(capture, written, to - written);
        }
        written = to;
    }

    /** Compresses a file in place of it, as gzip does: with the times of the file. */
    static void gzip(Path file, FileTime modified) throws IOException {
        Path packed = file.resolveSibling(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        Files.setLastModifiedTime(packed, modified);
        Files.delete(file);
    }
}

package org.hinomi.observatory.detect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the detectors stood at a moment: how far each stream was read, and the states of all their partitions. One file,
 * replaced whole: magic, length, CRC-32C, then the content.
 *
 * @param done by stream: all minutes that begin before this second were read
 * @param states by detector: what each of its partitions wrote
 */
record Snapshot(Map<String, Long> done, Map<String, List<byte[]>> states) {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);
    private static final int MAGIC = 0x484e4455;
    private static final int HEAD = 12;
    private static final long LARGEST = 1L << 30;

    /** Writes it in place of the one before, and returns when it is on disk. */
    void write(Path file) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(done.size());
            for (Map.Entry<String, Long> stream : new TreeMap<>(done).entrySet()) {
                out.writeUTF(stream.getKey());
                out.writeLong(stream.getValue());
            }
            out.writeInt(states.size());
            for (Map.Entry<String, List<byte[]>> detector : new TreeMap<>(states).entrySet()) {
                out.writeUTF(detector.getKey());
                out.writeInt(detector.getValue().size());
                for (byte[] partition : detector.getValue()) {
                    out.writeInt(partition.length);
                    out.write(partition);
                }
            }
            byte[] content = bytes.toByteArray();
            ByteBuffer head = ByteBuffer.allocate(HEAD);
            head.putInt(MAGIC).putInt(content.length).putInt(checksum(content)).flip();
            replace(file, head, ByteBuffer.wrap(content));
        } catch (IOException e) {
            throw new StoreException(file + " can't be written: " + DataDirectory.reason(e), e);
        }
    }

    private static void replace(Path file, ByteBuffer... parts) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Reads it; one that is not there or damaged is empty, and the log says why. */
    static Optional<Snapshot> read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("it is too large");
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            if (bytes.remaining() < HEAD || bytes.getInt() != MAGIC) {
                throw new IOException("it does not begin like one");
            }
            int length = bytes.getInt();
            int checksum = bytes.getInt();
            byte[] content = new byte[bytes.remaining()];
            bytes.get(content);
            if (length != content.length || checksum != checksum(content)) {
                throw new IOException("its length or checksum is wrong");
            }
            return Optional.of(parse(new DataInputStream(new ByteArrayInputStream(content))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("detectors begin anew: {} can't be used: {}", file, DataDirectory.reason(e));
            return Optional.empty();
        }
    }

    private static Snapshot parse(DataInputStream in) throws IOException {
        Map<String, Long> done = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            done.put(in.readUTF(), in.readLong());
        }
        Map<String, List<byte[]>> states = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String detector = in.readUTF();
            List<byte[]> partitions = new ArrayList<>();
            for (int parts = in.readInt(); parts > 0; parts--) {
                partitions.add(in.readNBytes(in.readInt()));
            }
            states.put(detector, partitions);
        }
        return new Snapshot(done, states);
    }

    private static int checksum(byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        return (int) sum.getValue();
    }
}

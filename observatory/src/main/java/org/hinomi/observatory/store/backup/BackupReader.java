package org.hinomi.observatory.store.backup;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Reads a backup from its first entry to its last, checks everything that can be checked, and gives each file on the
 * way. What it gave is good only once {@link #read} has returned.
 */
final class BackupReader {
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final LongConsumer progress;
    private final Map<String, String> sums = new LinkedHashMap<>();
    private long bytes;
    private int segments;
    private int hours;

    /**
     * A reader.
     *
     * @param progress takes how many bytes of the backup are read
     */
    BackupReader(Path file, LongConsumer progress) {
        this.file = file;
        this.progress = progress;
    }

    /** Takes the files of a backup. */
    @FunctionalInterface
    interface Taker {
        /** Takes a file; the name is one that {@link EntryName} allows. */
        void file(String name, InputStream content) throws IOException;
    }

    /** Takes nothing: the bytes are only checked. */
    static void check(String name, InputStream content) throws IOException {
        content.skipNBytes(0);
    }

    /**
     * Reads all of it.
     *
     * @throws IOException that says what is wrong and where, without the file's name
     */
    BackupContents read(Taker taker) throws IOException {
        try (InputStream raw = new BufferedInputStream(counted(Files.newInputStream(file)), BUFFER)) {
            raw.mark(Packing.MAGIC);
            byte[] magic = raw.readNBytes(Packing.MAGIC);
            raw.reset();
            Packing packing =
                    Packing.ofMagic(magic).orElseThrow(() -> new IOException("it is neither a zstd nor a gzip file"));
            try (InputStream unpacked = new BufferedInputStream(packing.unpack(raw), BUFFER)) {
                return read(unpacked, taker);
            }
        }
    }

    private InputStream counted(InputStream in) {
        return new FilterInputStream(in) {
            private long read;

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                int count = super.read(to, offset, length);
                read += Math.max(0, count);
                progress.accept(read);
                return count;
            }
        };
    }

    /** Reads an archive that is unpacked already. */
    BackupContents read(InputStream unpacked, Taker taker) throws IOException {
        TarReader tar = new TarReader(unpacked);
        TarHeader first = next(tar);
        if (!EntryName.head(first.name(), first.size())) {
            throw new IOException("it is not a backup of hinomi: its first entry is " + EntryName.shown(first.name()));
        }
        byte[] text = content(tar, first, InputStream::readAllBytes);
        BackupHead head = BackupHead.of(new String(text, StandardCharsets.UTF_8));
        TarHeader header = next(tar);
        for (; !header.name().equals(EntryName.SUMS); header = next(tar)) {
            file(tar, header, head, taker);
        }
        sums(tar, header);
        if (tar.next().isPresent()) {
            throw new IOException("something follows its last entry, " + EntryName.SUMS);
        }
        if (!sums.containsKey(EntryName.VERSION)) {
            throw new IOException("it does not hold the file 'version'");
        }
        return new BackupContents(head.program(), bytes, segments, hours, sums.containsKey(EntryName.CONTROL));
    }

    private TarHeader next(TarReader tar) throws IOException {
        return tar.next().orElseThrow(() -> new IOException("its last entry, " + EntryName.SUMS + ", is missing"));
    }

    private void file(TarReader tar, TarHeader header, BackupHead head, Taker taker) throws IOException {
        String name = header.name();
        if (!EntryName.allows(name, header.size())) {
            throw new IOException(
                    "no backup of hinomi holds an entry " + EntryName.shown(name) + " of " + header.size() + " bytes");
        }
        if (sums.containsKey(name) || sums.size() >= MOST_ENTRIES) {
            throw new IOException(
                    sums.containsKey(name)
                            ? name + " is in it twice"
                            : "it holds more than " + MOST_ENTRIES + " files");
        }
        bytes = Math.addExact(bytes, header.size());
        segments += EntryName.segment(name) ? 1 : 0;
        hours += EntryName.archived(name) ? 1 : 0;
        if (name.equals(EntryName.VERSION)) {
            byte[] layout = (head.layout() + "\n").getBytes(StandardCharsets.US_ASCII);
            byte[] told = content(tar, header, InputStream::readAllBytes);
            if (!Arrays.equals(layout, told)) {
                throw new IOException("its file 'version' is not that of layout " + head.layout());
            }
            taker.file(name, new java.io.ByteArrayInputStream(told));
        } else {
            content(tar, header, in -> {
                taker.file(name, in);
                return new byte[0];
            });
        }
    }

    @FunctionalInterface
    private interface Use {
        byte[] of(InputStream in) throws IOException;
    }

    /** Gives an entry's bytes, and notes their checksum however many were used. */
    private byte[] content(TarReader tar, TarHeader header, Use use) throws IOException {
        MessageDigest digest = Sha256.digest();
        DigestInputStream in = new DigestInputStream(tar.content(), digest);
        byte[] used = use.of(in);
        byte[] rest = new byte[BUFFER];
        while (in.read(rest) >= 0) {
            continue;
        }
        sums.put(header.name(), HexFormat.of().formatHex(digest.digest()));
        return used;
    }

    /** The last entry must be, byte for byte, the list of what came before it. */
    private void sums(TarReader tar, TarHeader header) throws IOException {
        InputStream in = tar.content();
        for (Map.Entry<String, String> entry : sums.entrySet()) {
            byte[] line = Sha256.line(entry.getValue(), entry.getKey()).getBytes(StandardCharsets.US_ASCII);
            if (!Arrays.equals(in.readNBytes(line.length), line)) {
                throw new IOException(
                        entry.getKey() + " is not the file of that name that was backed up: its SHA-256 is "
                                + entry.getValue() + ", and " + EntryName.SUMS + " has another");
            }
        }
        if (in.read() >= 0) {
            throw new IOException(EntryName.SUMS + " of " + header.size() + " bytes lists files that are not in it");
        }
    }
}

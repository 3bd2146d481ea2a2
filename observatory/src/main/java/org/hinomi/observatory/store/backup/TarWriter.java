package org.hinomi.observatory.store.backup;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Writes plain files into a tar archive, and keeps their SHA-256 for the list that ends it. */
final class TarWriter implements Closeable {
    private final OutputStream out;
    private final LongConsumer progress;
    private final StringBuilder sums = new StringBuilder();
    private long written;

    /**
     * A writer.
     *
     * @param progress takes how many bytes of files are written
     */
    TarWriter(OutputStream out, LongConsumer progress) {
        this.out = out;
        this.progress = progress;
    }

    void text(String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        file(new TarHeader(name, bytes.length, 0), new java.io.ByteArrayInputStream(bytes));
    }

    /** Writes exactly as many bytes as the header says. */
    void file(TarHeader header, InputStream in) throws IOException {
        out.write(header.bytes());
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        for (long left = header.size(); left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException(header.name() + " became shorter while it was copied");
            }
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
            left -= read;
            written += read;
            progress.accept(written);
        }
        out.write(new byte[(int) (-header.size() & TarHeader.BLOCK - 1)]);
        sums.append(Sha256.line(HexFormat.of().formatHex(digest.digest()), header.name()));
    }

    /** Writes the list of all files, and the archive's end. */
    void finish() throws IOException {
        text(EntryName.SUMS, sums.toString());
        out.write(new byte[2 * TarHeader.BLOCK]);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

package org.hinomi.observatory.store.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the plain files of a tar archive one after the other. Whatever the bytes are, it reads them or says why not. */
final class TarReader {
    private static final int MOST_FILLING = 1 << 16;

    private final InputStream in;
    private final byte[] one = new byte[1];
    private long at;
    private long left;
    private long padding;
    private String entry = "the first entry";

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next file, whose bytes {@link #content} then gives; empty at the end of the archive.
     *
     * @throws IOException when the archive is cut or is not of the form that a backup has
     */
    Optional<TarHeader> next() throws IOException {
        content().skipNBytes(left);
        skip(padding);
        entry = at == 0 ? entry : "the entry after " + entry;
        byte[] block = block();
        if (zero(block)) {
            end();
            return Optional.empty();
        }
        TarHeader header = TarHeader.of(block)
                .orElseThrow(() -> new IOException("what should be an entry at byte " + (at - TarHeader.BLOCK)
                        + " of the unpacked archive is not the header of a plain file"));
        entry = EntryName.shown(header.name());
        left = header.size();
        padding = -left & TarHeader.BLOCK - 1;
        return Optional.of(header);
    }

    /** The bytes of the file that {@link #next} gave. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                if (left == 0 || length == 0) {
                    return length == 0 ? 0 : -1;
                }
                int read = take(to, offset, (int) Math.min(length, left));
                left -= read;
                return read;
            }
        };
    }

    private int take(byte[] to, int offset, int length) throws IOException {
        try {
            int read = in.read(to, offset, length);
            if (read < 0) {
                throw new EOFException("it ends");
            }
            at += read;
            return read;
        } catch (IOException e) {
            throw new IOException(
                    "it breaks off in " + entry + ", at byte " + at + " of the unpacked archive (" + e.getMessage()
                            + ")",
                    e);
        }
    }

    private byte[] block() throws IOException {
        byte[] block = new byte[TarHeader.BLOCK];
        for (int filled = 0; filled < block.length; ) {
            filled += take(block, filled, block.length - filled);
        }
        return block;
    }

    private void skip(long bytes) throws IOException {
        for (long skipped = 0; skipped < bytes; skipped++) {
            take(one, 0, 1);
        }
        padding = 0;
    }

    /** A second block of zeros, as many more as fill tar's records, and nothing else. */
    private void end() throws IOException {
        entry = "the end of the archive";
        boolean zeros = zero(block());
        byte[] rest = in.readNBytes(MOST_FILLING + 1);
        if (!zeros || rest.length > MOST_FILLING || !zero(rest)) {
            throw new IOException("something follows the end of the archive, after byte " + at);
        }
    }

    private static boolean zero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}

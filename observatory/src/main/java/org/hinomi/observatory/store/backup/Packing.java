package org.hinomi.observatory.store.backup;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How a backup is compressed. Both detect flipped bits by a checksum of their own. */
enum Packing {
    ZSTD {
        @Override
        OutputStream pack(OutputStream out) throws IOException {
            return new ZstdOutputStream(out, LEVEL).setChecksum(true);
        }

        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new ZstdInputStream(in);
        }
    },
    GZIP {
        @Override
        OutputStream pack(OutputStream out) throws IOException {
            return new GZIPOutputStream(out, BUFFER);
        }

        @Override
        InputStream unpack(InputStream in) throws IOException {
            return new GZIPInputStream(in, BUFFER);
        }
    };

    /** Enough bytes of a file to know its packing by. */
    static final int MAGIC = 4;

    private static final int LEVEL = 3;
    private static final int BUFFER = 1 << 16;

    abstract OutputStream pack(OutputStream out) throws IOException;

    abstract InputStream unpack(InputStream in) throws IOException;

    /** The packing that a file's name asks for. */
    static Optional<Packing> ofName(String name) {
        if (name.endsWith(".tar.zst")) {
            return Optional.of(ZSTD);
        }
        return name.endsWith(".tar.gz") || name.endsWith(".tgz") ? Optional.of(GZIP) : Optional.empty();
    }

    /** The packing of a file that begins with these bytes (RFC 8878, RFC 1952). */
    static Optional<Packing> ofMagic(byte[] start) {
        if (start.length < MAGIC) {
            return Optional.empty();
        }
        if (start[0] == 0x28 && start[1] == (byte) 0xb5 && start[2] == 0x2f && start[3] == (byte) 0xfd) {
            return Optional.of(ZSTD);
        }
        return start[0] == 0x1f && start[1] == (byte) 0x8b ? Optional.of(GZIP) : Optional.empty();
    }
}

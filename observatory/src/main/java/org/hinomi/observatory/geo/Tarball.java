package org.hinomi.observatory.geo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Takes named files out of an npm package: a gzip'd tar (POSIX ustar) whose entries lie under {@code package/}. */
final class Tarball {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_DIGITS = 12;
    private static final int TYPE_AT = 156;
    private static final long LARGEST = 1L << 30;

    private Tarball() {}

    /**
     * Writes the wanted files, found by their name right under {@code package/}, into a folder; names in the tarball
     * never become paths.
     *
     * @return the names that were not found
     * @throws GeoException when the tarball is damaged
     */
    static List<String> extract(Path tarball, List<String> wanted, Path folder) throws IOException {
        List<String> missing = new ArrayList<>(wanted);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(tarball), 1 << 16)) {
            byte[] header = in.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0) {
                long size = size(header, tarball);
                String name = text(header, 0, NAME).replaceFirst("^package/", "");
                boolean file = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
                if (file && missing.remove(name)) {
                    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
                        copy(in, size, out);
                    }
                } else {
                    in.skipNBytes(size);
                }
                in.skipNBytes(-size & BLOCK - 1);
                header = in.readNBytes(BLOCK);
            }
            return missing;
        } catch (EOFException | ZipException e) {
            throw new GeoException(tarball + " is damaged: " + e.getMessage());
        }
    }

    private static long size(byte[] header, Path tarball) {
        String digits = text(header, SIZE_AT, SIZE_DIGITS).strip();
        if (!digits.matches("[0-7]{1,11}") || Long.parseLong(digits, 8) > LARGEST) {
            throw new GeoException(tarball + " is damaged: an entry has no usable size");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.US_ASCII);
    }

    private static void copy(InputStream in, long size, OutputStream out) throws IOException {
        byte[] block = new byte[1 << 16];
        for (long left = size; left > 0; ) {
            int read = in.read(block, 0, (int) Math.min(block.length, left));
            if (read < 0) {
                throw new EOFException("it is cut off");
            }
            out.write(block, 0, read);
            left -= read;
        }
    }
}

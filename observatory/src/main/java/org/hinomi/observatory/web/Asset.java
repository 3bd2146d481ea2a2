package org.hinomi.observatory.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the console, held in memory both plain and compressed.
 *
 * @param gzip equal to {@code bytes} where compressing does not help
 * @param tag its ETag
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Asset(String contentType, byte[] bytes, byte[] gzip, String cacheControl, String tag) {
    static Asset of(String contentType, byte[] bytes, String cacheControl) {
        boolean compress = bytes.length >= Gzip.LEAST_BYTES && Gzip.helps(contentType);
        byte[] gzip = compress ? Gzip.compress(bytes) : bytes;
        return new Asset(contentType, bytes, gzip.length < bytes.length ? gzip : bytes, cacheControl, tag(bytes));
    }

    /** Whether the compressed form is the shorter one. */
    boolean compresses() {
        return gzip.length < bytes.length;
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

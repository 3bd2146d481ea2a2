package org.hinomi.observatory.store.backup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The header of a plain file in a tar archive (POSIX.1-1988 ustar). Sizes from 8 GiB on are binary, as GNU tar and
 * others write them. Nothing else of tar is written, and nothing else is read: no links, no folders, no extensions.
 *
 * @param name its path, parts separated by a slash
 * @param size bytes of the file
 * @param modified seconds since 1970-01-01 UTC
 */
record TarHeader(String name, long size, long modified) {
    static final int BLOCK = 512;

    private static final int NAME = 100;
    private static final int MODE_AT = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;
    private static final int TIME_AT = 136;
    private static final int SUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;
    private static final long LARGEST_OCTAL = 1L << 33;
    private static final byte[] MAGIC = "ustar\00000".getBytes(StandardCharsets.US_ASCII);

    /** The header's block. */
    byte[] bytes() {
        byte[] block = new byte[BLOCK];
        int cut = 0;
        while (name.length() - cut > NAME) {
            cut = name.indexOf('/', cut) + 1;
        }
        put(block, 0, name.substring(cut));
        put(block, PREFIX_AT, name.substring(0, Math.max(0, cut - 1)));
        put(block, MODE_AT, "0000600");
        put(block, MODE_AT + 8, "0000000");
        put(block, MODE_AT + 16, "0000000");
        if (size < LARGEST_OCTAL) {
            put(block, SIZE_AT, String.format(Locale.ROOT, "%011o", size));
        } else {
            ByteBuffer.wrap(block).putInt(SIZE_AT, 1 << 31).putLong(SIZE_AT + 4, size);
        }
        put(block, TIME_AT, String.format(Locale.ROOT, "%011o", Math.clamp(modified, 0, LARGEST_OCTAL - 1)));
        block[TYPE_AT] = '0';
        System.arraycopy(MAGIC, 0, block, MAGIC_AT, MAGIC.length);
        put(block, SUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum(block)));
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    /** The sum of all bytes, those of the sum itself taken as spaces. */
    private static int sum(byte[] block) {
        int sum = 8 * ' ';
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= SUM_AT && i < SUM_AT + 8 ? 0 : block[i] & 0xff;
        }
        return sum;
    }

    /** Reads a header's block; empty when it is not the header of a plain file. */
    static Optional<TarHeader> of(byte[] block) {
        Optional<Long> sum = octal(text(block, SUM_AT, 8).strip());
        boolean plain = block[TYPE_AT] == '0' && Arrays.equals(block, MAGIC_AT, MAGIC_AT + 8, MAGIC, 0, MAGIC.length);
        if (!plain || sum.isEmpty() || sum.get() != sum(block)) {
            return Optional.empty();
        }
        String prefix = text(block, PREFIX_AT, PREFIX);
        String name = text(block, 0, NAME);
        Optional<Long> time = octal(text(block, TIME_AT, 12).strip());
        return size(block)
                .map(size -> new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, size, time.orElse(0L)));
    }

    private static Optional<Long> size(byte[] block) {
        ByteBuffer at = ByteBuffer.wrap(block);
        if (at.getInt(SIZE_AT) == 1 << 31) {
            long size = at.getLong(SIZE_AT + 4);
            return size < 0 ? Optional.empty() : Optional.of(size);
        }
        return octal(text(block, SIZE_AT, SIZE).strip());
    }

    private static Optional<Long> octal(String digits) {
        return digits.matches("[0-7]{1,11}") ? Optional.of(Long.parseLong(digits, 8)) : Optional.empty();
    }

    private static String text(byte[] block, int at, int most) {
        int end = at;
        while (end < at + most && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.ISO_8859_1);
    }
}

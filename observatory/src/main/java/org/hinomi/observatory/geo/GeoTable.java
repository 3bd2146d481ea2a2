package org.hinomi.observatory.geo;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A geolocation table as mapped memory, little-endian: eight bytes of magic, format and level, number of sections, length of the
 * file, CRC-32C of all that follows, day of the data; then offset and length of each {@link Section}; then the
 * sections, each at a multiple of eight bytes. Opening checks the length, the checksum and the directory.
 */
final class GeoTable {
    /** The letters HINOMIGE. */
    static final long MAGIC = 0x4547_494d_4f4e_4948L;

    static final int FORMAT = 1;

    /** What a table tells; its number, times 256, is added to the format, so that tables with cities stay as they were. */
    private static final GeoStatus.State[] LEVELS = {
        GeoStatus.State.FULL, GeoStatus.State.COUNTRY, GeoStatus.State.NETWORK
    };

    static final int DIRECTORY = 32;
    static final int CHECKED_FROM = 28;
    static final int HEADER = DIRECTORY + Section.values().length * 16;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int CHECK_BLOCK = 1 << 26;

    private final MemorySegment file;
    private final MemorySegment text;

    private GeoTable(MemorySegment file) {
        this.file = file;
        this.text = section(Section.TEXT);
    }

    /**
     * Maps a table.
     *
     * @throws GeoException when it is damaged, with a sentence without the file's name
     */
    static GeoTable open(Path path, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() < HEADER) {
                throw new GeoException("it is cut off");
            }
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            check(file);
            return new GeoTable(file);
        }
    }

    private static void check(MemorySegment file) {
        if (file.get(LONG, 0) != MAGIC) {
            throw new GeoException("it is not a geolocation table");
        }
        int format = file.get(INT, 8);
        boolean known = (format & 0xff) == FORMAT && format >>> 8 < LEVELS.length;
        if (!known || file.get(INT, 12) != Section.values().length) {
            throw new GeoException("it was written by another version of Hinomi");
        }
        if (file.get(LONG, 16) != file.byteSize()) {
            throw new GeoException("it is cut off");
        }
        if (file.get(INT, 24) != checksum(file)) {
            throw new GeoException("its checksum is wrong");
        }
        for (Section section : Section.values()) {
            long offset = file.get(LONG, DIRECTORY + section.ordinal() * 16L);
            long length = file.get(LONG, DIRECTORY + section.ordinal() * 16L + 8);
            boolean inside = offset >= HEADER && length >= 0 && offset <= file.byteSize() - length;
            if (!inside || length % section.width != 0 || length / section.width > Integer.MAX_VALUE) {
                throw new GeoException("its directory is wrong");
            }
        }
    }

    static int checksum(MemorySegment file) {
        CRC32C crc = new CRC32C();
        for (long at = CHECKED_FROM; at < file.byteSize(); at += CHECK_BLOCK) {
            crc.update(file.asSlice(at, Math.min(CHECK_BLOCK, file.byteSize() - at))
                    .asByteBuffer());
        }
        return (int) crc.getValue();
    }

    MemorySegment section(Section section) {
        long offset = file.get(LONG, DIRECTORY + section.ordinal() * 16L);
        return file.asSlice(offset, file.get(LONG, DIRECTORY + section.ordinal() * 16L + 8));
    }

    static int format(GeoStatus.State level) {
        return FORMAT + (Arrays.asList(LEVELS).indexOf(level) << 8);
    }

    GeoStatus.State level() {
        return LEVELS[file.get(INT, 8) >>> 8];
    }

    /** The day the database of places was built. */
    LocalDate date() {
        return LocalDate.ofEpochDay(file.get(INT, 28));
    }

    String sources() {
        return new String(section(Section.SOURCES).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /** The text at an offset of TEXT; empty when the offset is wrong. */
    String text(int offset) {
        if (offset < 0 || offset > text.byteSize() - 2) {
            return "";
        }
        int length = Short.toUnsignedInt(text.get(SHORT, offset));
        if (length > text.byteSize() - offset - 2) {
            return "";
        }
        return new String(text.asSlice(offset + 2L, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
}

package org.hinomi.observatory.geo;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;

/** Writes a {@link GeoTable}: sections in any order, each once, then {@link #finish}. */
final class GeoTableWriter implements AutoCloseable {
    private final Path path;
    private final DataOutputStream out;
    private final Map<Section, long[]> directory = new EnumMap<>(Section.class);
    private long position;

    GeoTableWriter(Path path) throws IOException {
        this.path = path;
        OutputStream file = Files.newOutputStream(path);
        this.out = new DataOutputStream(new BufferedOutputStream(file, 1 << 18));
        out.write(new byte[GeoTable.HEADER]);
        position = GeoTable.HEADER;
    }

    /** Takes the elements of a section. */
    interface Body {
        void write(Elements out) throws IOException;
    }

    /** Little-endian elements. */
    final class Elements {
        private Elements() {}

        void int32(int value) throws IOException {
            out.writeInt(Integer.reverseBytes(value));
            position += Integer.BYTES;
        }

        void int64(long value) throws IOException {
            out.writeLong(Long.reverseBytes(value));
            position += Long.BYTES;
        }

        void bytes(byte[] value) throws IOException {
            out.write(value);
            position += value.length;
        }

        void text(byte[] value) throws IOException {
            out.writeShort(Short.reverseBytes((short) value.length));
            position += Short.BYTES;
            bytes(value);
        }
    }

    void section(Section section, Body body) throws IOException {
        int padding = (int) (-position & 7);
        out.write(new byte[padding]);
        position += padding;
        long start = position;
        body.write(new Elements());
        directory.put(section, new long[] {start, position - start});
    }

    /** Writes ranges as two sections. */
    void ranges(Section starts, Section values, RangeList list) throws IOException {
        section(starts, elements -> {
            for (int i = 0; i < list.size(); i++) {
                if (starts.width == Integer.BYTES) {
                    elements.int32((int) list.start(i));
                } else {
                    elements.int64(list.start(i));
                }
            }
        });
        section(values, elements -> {
            for (int i = 0; i < list.size(); i++) {
                elements.int32(list.value(i));
            }
        });
    }

    /** Writes the directory and the checksum, and waits until all is on the disk. */
    void finish(String sources, LocalDate date, GeoStatus.State level) throws IOException {
        section(Section.SOURCES, elements -> elements.bytes(sources.getBytes(StandardCharsets.UTF_8)));
        out.flush();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Arena arena = Arena.ofConfined()) {
            MemorySegment file = channel.map(FileChannel.MapMode.READ_WRITE, 0, position, arena);
            file.set(GeoTable.LONG, 0, GeoTable.MAGIC);
            file.set(GeoTable.INT, 8, GeoTable.format(level));
            file.set(GeoTable.INT, 12, Section.values().length);
            file.set(GeoTable.LONG, 16, position);
            file.set(GeoTable.INT, 28, (int) date.toEpochDay());
            for (Section section : Section.values()) {
                long[] where = directory.getOrDefault(section, new long[] {GeoTable.HEADER, 0});
                file.set(GeoTable.LONG, GeoTable.DIRECTORY + section.ordinal() * 16L, where[0]);
                file.set(GeoTable.LONG, GeoTable.DIRECTORY + section.ordinal() * 16L + 8, where[1]);
            }
            file.set(GeoTable.INT, 24, GeoTable.checksum(file));
            file.force();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

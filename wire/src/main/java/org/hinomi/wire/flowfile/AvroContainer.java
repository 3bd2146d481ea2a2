package org.hinomi.wire.flowfile;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An Avro object container file: magic, metadata, sync marker; then blocks of a count, a length, packed values and the
 * sync marker again. Lengths are checked against the bytes that are there before anything is done with them.
 */
public final class AvroContainer {
    private static final int MAGIC = 4;
    private static final int SYNC = 16;
    private static final int MOST_HEADER = 1 << 20;

    private final AvroCursor file;
    private final MemorySegment sync;
    private final Schema schema;
    private final Codec codec;
    private final AvroCodec unpacking = new AvroCodec();
    private final Map<String, MemorySegment> others;
    private MemorySegment block = MemorySegment.ofArray(new byte[0]);

    private AvroContainer(
            AvroCursor file, MemorySegment sync, Schema schema, Codec codec, Map<String, MemorySegment> others) {
        this.file = file;
        this.sync = sync;
        this.schema = schema;
        this.codec = codec;
        this.others = others;
    }

    public static AvroContainer open(MemorySegment bytes) throws Damage {
        AvroCursor file = new AvroCursor(bytes);
        file.skip(MAGIC);
        String schema = null;
        String codec = null;
        Map<String, MemorySegment> others = new HashMap<>();
        for (long entries = entries(file); entries != 0; entries = entries(file)) {
            for (long i = 0; i < entries; i++) {
                String key = text(file);
                MemorySegment value = file.take(file.number());
                if (file.at() > MOST_HEADER) {
                    throw new Damage("its header is longer than " + MOST_HEADER + " bytes");
                }
                switch (key) {
                    case "avro.schema" -> schema = utf8(value);
                    case "avro.codec" -> codec = utf8(value);
                    default -> others.put(key, value);
                }
            }
        }
        MemorySegment sync = file.take(SYNC);
        return new AvroContainer(file, sync, schema(schema), codec(codec), others);
    }

    /** The entries of the next part of the metadata map; a negative count is followed by a length in bytes. */
    private static long entries(AvroCursor file) throws Damage {
        long count = file.number();
        if (count < 0) {
            file.number();
            count = -count;
        }
        if (count < 0 || count > MOST_HEADER) {
            throw new Damage("its header is damaged");
        }
        return count;
    }

    private static String text(AvroCursor file) throws Damage {
        return utf8(file.take(file.number()));
    }

    private static String utf8(MemorySegment bytes) throws Damage {
        if (bytes.byteSize() > MOST_HEADER) {
            throw new Damage("its header is longer than " + MOST_HEADER + " bytes");
        }
        return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private static Schema schema(@Nullable String text) throws Damage {
        if (text == null) {
            throw new Damage("its header has no schema");
        }
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException e) {
            // What the parser throws for a hostile schema is not its own exceptions alone.
            throw new Damage("its schema is not valid");
        }
    }

    private static Codec codec(@Nullable String name) throws Damage {
        for (Codec each : Codec.values()) {
            if (name == null || each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw new Damage("it is compressed with '" + name + "', which is none of null, deflate, snappy and zstandard");
    }

    public Schema schema() {
        return schema;
    }

    /** What the header says under a name that is not Avro's own. */
    public Optional<MemorySegment> said(String key) {
        return Optional.ofNullable(others.get(key));
    }

    public boolean atEnd() {
        return file.atEnd();
    }

    /** The offset of the next block. */
    public long position() {
        return file.at();
    }

    /** Unpacks the next block and tells how many values it says it has. */
    public long nextBlock() throws Damage {
        long count = file.number();
        long length = file.number();
        if (count < 0 || length < 0) {
            throw new Damage("its length is negative");
        }
        block = unpacking.unpack(codec, file.take(length));
        return count;
    }

    /** The unpacked values of the block. */
    public MemorySegment block() {
        return block;
    }

    /** Checks the sync marker after a block. */
    public void endBlock() throws Damage {
        if (file.take(SYNC).mismatch(sync) != -1) {
            throw new Damage("the sync marker after it is wrong");
        }
    }
}

package org.hinomi.wire.flowfile;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.xerial.snappy.Snappy;

/** Unpacks the blocks of an Avro file. What a block says of its own size decides nothing beyond a fixed most. */
public final class AvroCodec {
    /** The most bytes of a block, packed or not. */
    public static final int MOST_BYTES = 1 << 26;

    private static final ValueLayout.OfInt CRC = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private byte[] buffer = new byte[1 << 16];

    /** Unpacks into a buffer that the next block reuses. */
    MemorySegment unpack(Codec codec, MemorySegment packed) throws Damage {
        if (codec != Codec.NULL && packed.byteSize() > MOST_BYTES) {
            throw new Damage("it is longer than " + (MOST_BYTES >> 20) + " MiB");
        }
        return switch (codec) {
            case NULL -> packed;
            case DEFLATE -> inflated(packed);
            case SNAPPY -> unsnapped(packed);
            case ZSTANDARD -> unzstd(packed);
        };
    }

    private MemorySegment inflated(MemorySegment packed) throws Damage {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(packed.toArray(ValueLayout.JAVA_BYTE));
            int size = 0;
            while (!inflater.finished()) {
                if (size == buffer.length) {
                    if (size == MOST_BYTES) {
                        throw new Damage("it unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
                    }
                    buffer = Arrays.copyOf(buffer, size * 2);
                }
                int more = inflater.inflate(buffer, size, buffer.length - size);
                if (more == 0 && !inflater.finished()) {
                    throw new Damage("its compressed data ends too early");
                }
                size += more;
            }
            return MemorySegment.ofArray(buffer).asSlice(0, size);
        } catch (DataFormatException e) {
            throw new Damage("its compressed data is damaged");
        }
    }

    private MemorySegment unzstd(MemorySegment packed) throws Damage {
        try (ZstdInputStreamNoFinalizer in =
                new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed.toArray(ValueLayout.JAVA_BYTE)))) {
            int size = 0;
            for (int more = 0; more >= 0; more = in.read(buffer, size, buffer.length - size)) {
                size += more;
                if (size == buffer.length) {
                    if (size == MOST_BYTES) {
                        throw new Damage("it unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
                    }
                    buffer = Arrays.copyOf(buffer, size * 2);
                }
            }
            return MemorySegment.ofArray(buffer).asSlice(0, size);
        } catch (IOException e) {
            throw new Damage("its compressed data is damaged");
        }
    }

    private MemorySegment unsnapped(MemorySegment packed) throws Damage {
        if (packed.byteSize() < Integer.BYTES) {
            throw new Damage("it has no room for a checksum");
        }
        byte[] bytes = packed.toArray(ValueLayout.JAVA_BYTE);
        int length = bytes.length - Integer.BYTES;
        try {
            int size = Snappy.uncompressedLength(bytes, 0, length);
            if (size < 0 || size > MOST_BYTES) {
                throw new Damage("it unpacks to more than " + (MOST_BYTES >> 20) + " MiB");
            }
            if (size > buffer.length) {
                buffer = new byte[Math.max(size, Math.min(buffer.length * 2, MOST_BYTES))];
            }
            int unpacked = Snappy.uncompress(bytes, 0, length, buffer, 0);
            CRC32 crc = new CRC32();
            crc.update(buffer, 0, unpacked);
            if ((int) crc.getValue() != packed.get(CRC, length)) {
                throw new Damage("its checksum is wrong");
            }
            return MemorySegment.ofArray(buffer).asSlice(0, unpacked);
        } catch (IOException e) {
            throw new Damage("its compressed data is damaged");
        }
    }
}

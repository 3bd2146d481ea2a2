package org.hinomi.observatory.store.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.hinomi.kernel.flow.TupleWords;

/**
 * Packed flow tuples with their bytes apart: all first bytes, then all second ones, 32 planes. What hardly changes from
 * tuple to tuple (lengths, flags, the upper half of dark addresses) then lies together, which a compressor is quick
 * with. Eight tuples at a time, by transposing 8 times 8 bytes in registers (Warren, Hacker's Delight, 2nd ed., 7-3).
 */
final class BytePlanes {
    /** Planes of a tuple. */
    static final int PLANES = TupleWords.WORDS * Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int GROUP = 8;
    private static final long EVEN_BYTES = 0x00ff_00ff_00ff_00ffL;
    private static final long EVEN_PAIRS = 0x0000_ffff_0000_ffffL;
    private static final long LOWER_HALF = 0xffff_ffffL;

    private BytePlanes() {}

    /** Bytes of a plane. */
    static int length(int tuples) {
        return tuples + GROUP - 1 & -GROUP;
    }

    /** Takes a run of tuples apart; the words reach to the end of the last group of eight. */
    static void split(long[] words, int tuples, byte[] planes, int at) {
        int length = length(tuples);
        long[] square = new long[GROUP];
        for (int tuple = 0; tuple < tuples; tuple += GROUP) {
            for (int word = 0; word < TupleWords.WORDS; word++) {
                for (int i = 0; i < GROUP; i++) {
                    square[i] = words[(tuple + i) * TupleWords.WORDS + word];
                }
                transpose(square);
                int plane = at + word * GROUP * length + tuple;
                for (int i = 0; i < GROUP; i++) {
                    LONGS.set(planes, plane + i * length, square[i]);
                }
            }
        }
    }

    /** Puts tuples together; the words reach to the end of the last group of eight. */
    static void join(byte[] planes, int at, int tuples, long[] words) {
        int length = length(tuples);
        long[] square = new long[GROUP];
        for (int tuple = 0; tuple < tuples; tuple += GROUP) {
            for (int word = 0; word < TupleWords.WORDS; word++) {
                int plane = at + word * GROUP * length + tuple;
                for (int i = 0; i < GROUP; i++) {
                    square[i] = (long) LONGS.get(planes, plane + i * length);
                }
                transpose(square);
                for (int i = 0; i < GROUP; i++) {
                    words[(tuple + i) * TupleWords.WORDS + word] = square[i];
                }
            }
        }
    }

    private static void transpose(long[] square) {
        for (int i = 0; i < GROUP; i += 2) {
            swap(square, i, i + 1, 8, EVEN_BYTES);
        }
        for (int i = 0; i < GROUP; i += 4) {
            swap(square, i, i + 2, 16, EVEN_PAIRS);
            swap(square, i + 1, i + 3, 16, EVEN_PAIRS);
        }
        for (int i = 0; i < 4; i++) {
            swap(square, i, i + 4, 32, LOWER_HALF);
        }
    }

    /** Changes the upper parts of one row with the lower parts of the other. */
    private static void swap(long[] square, int one, int other, int shift, long mask) {
        long difference = (square[one] >>> shift ^ square[other]) & mask;
        square[other] ^= difference;
        square[one] ^= difference << shift;
    }
}

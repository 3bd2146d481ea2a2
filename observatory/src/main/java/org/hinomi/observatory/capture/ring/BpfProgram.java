package org.hinomi.observatory.capture.ring;

import java.util.ArrayList;
import java.util.List;

/**
 * A program of the classic BPF machine (McCanne and Jacobson 1993; Linux's networking/filter), as it is put together:
 * each instruction a word with code, the two jumps and the constant where {@code struct sock_filter} has them.
 */
final class BpfProgram {
    static final int MOST_INSTRUCTIONS = 4096;

    static final int LOAD_WORD = 0x20;
    static final int LOAD_HALF = 0x28;
    static final int LOAD_BYTE = 0x30;
    static final int LOAD_WORD_AT_X = 0x40;
    static final int LOAD_MEMORY = 0x60;
    static final int LOAD_X_MEMORY = 0x61;
    static final int LOAD_X = 0x01;
    static final int STORE = 0x02;
    static final int AND = 0x54;
    static final int MULTIPLY = 0x24;
    static final int SHIFT_RIGHT = 0x74;
    static final int XOR_X = 0xac;
    static final int JUMP = 0x05;
    static final int IF_EQUAL = 0x15;
    static final int IF_GREATER = 0x25;
    static final int IF_AT_LEAST = 0x35;
    static final int RETURN = 0x06;
    static final int RETURN_A = 0x16;

    /** Where the kernel keeps the skb's protocol for a program to load (SKF_AD_OFF + SKF_AD_PROTOCOL). */
    static final int PROTOCOL = -0x1000;

    private static final int LONGEST_JUMP = 255;

    private final List<Long> words = new ArrayList<>();

    /** Adds an instruction that does not jump. */
    BpfProgram add(int code, int constant) {
        return add(code, 0, 0, constant);
    }

    /** Adds a condition; its jumps are counted from the instruction after it. */
    BpfProgram add(int code, int yes, int no, int constant) {
        words.add(Integer.toUnsignedLong(constant) << 32 | (long) no << 24 | (long) yes << 16 | code);
        return this;
    }

    /** Adds all of another program. */
    BpfProgram add(BpfProgram other) {
        words.addAll(other.words);
        return this;
    }

    /** Adds one of two programs to be run, which both must end by returning. */
    BpfProgram either(int condition, int constant, BpfProgram yes, BpfProgram no) {
        if (no.size() <= LONGEST_JUMP) {
            add(condition, no.size(), 0, constant);
        } else {
            add(condition, 0, 1, constant).add(JUMP, no.size());
        }
        return add(no).add(yes);
    }

    int size() {
        return words.size();
    }

    /** The instructions as the kernel takes them. */
    long[] words() {
        return words.stream().mapToLong(Long::longValue).toArray();
    }
}

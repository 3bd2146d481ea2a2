package org.hinomi.observatory.capture.ring;

/** Runs programs of the classic BPF machine as the kernel does, and checks that they are ones it would take. */
final class BpfMachine {
    private BpfMachine() {}

    /** What is wrong with a program; an empty text when the kernel would take it. */
    static String fault(BpfProgram program) {
        long[] words = program.words();
        if (words.length == 0 || words.length > BpfProgram.MOST_INSTRUCTIONS) {
            return words.length + " instructions";
        }
        for (int i = 0; i < words.length; i++) {
            int code = code(words[i]);
            int furthest = code == BpfProgram.JUMP
                    ? constant(words[i])
                    : (code & 7) == 5 ? Math.max(yes(words[i]), no(words[i])) : 0;
            if (furthest < 0 || i + 1 + furthest >= words.length && (code & 7) != 6) {
                return "instruction " + i + " of " + words.length + " leads out of the program";
            }
        }
        return (code(words[words.length - 1]) & 7) == 6 ? "" : "it does not end by returning";
    }

    private static int code(long word) {
        return (int) word & 0xffff;
    }

    private static int yes(long word) {
        return (int) (word >>> 16) & 0xff;
    }

    private static int no(long word) {
        return (int) (word >>> 24) & 0xff;
    }

    private static int constant(long word) {
        return (int) (word >>> 32);
    }

    /**
     * What a program returns for a packet.
     *
     * @param protocol the EtherType that the kernel knows of the packet
     */
    static int run(BpfProgram program, byte[] packet, int protocol) {
        long[] words = program.words();
        int[] memory = new int[16];
        int a = 0;
        int x = 0;
        for (int at = 0; ; at++) {
            int k = constant(words[at]);
            switch (code(words[at])) {
                case BpfProgram.LOAD_WORD, BpfProgram.LOAD_HALF, BpfProgram.LOAD_BYTE, BpfProgram.LOAD_WORD_AT_X -> {
                    int kind = code(words[at]);
                    int size = kind == BpfProgram.LOAD_BYTE ? 1 : kind == BpfProgram.LOAD_HALF ? 2 : 4;
                    int from = kind == BpfProgram.LOAD_WORD_AT_X ? x + k : k;
                    if (from == BpfProgram.PROTOCOL) {
                        a = protocol;
                    } else if (from < 0 || from + size > packet.length) {
                        return 0;
                    } else {
                        a = 0;
                        for (int i = 0; i < size; i++) {
                            a = a << 8 | packet[from + i] & 0xff;
                        }
                    }
                }
                case BpfProgram.LOAD_MEMORY -> a = memory[k];
                case BpfProgram.LOAD_X_MEMORY -> x = memory[k];
                case BpfProgram.LOAD_X -> x = k;
                case BpfProgram.STORE -> memory[k] = a;
                case BpfProgram.AND -> a &= k;
                case BpfProgram.MULTIPLY -> a *= k;
                case BpfProgram.SHIFT_RIGHT -> a >>>= k;
                case BpfProgram.XOR_X -> a ^= x;
                case BpfProgram.JUMP -> at += k;
                case BpfProgram.IF_EQUAL -> at += a == k ? yes(words[at]) : no(words[at]);
                case BpfProgram.IF_GREATER -> at += Integer.compareUnsigned(a, k) > 0 ? yes(words[at]) : no(words[at]);
                case BpfProgram.IF_AT_LEAST ->
                    at += Integer.compareUnsigned(a, k) >= 0 ? yes(words[at]) : no(words[at]);
                case BpfProgram.RETURN -> {
                    return k;
                }
                case BpfProgram.RETURN_A -> {
                    return a;
                }
                default -> throw new IllegalStateException("instruction " + at + " has code " + code(words[at]));
            }
        }
    }
}

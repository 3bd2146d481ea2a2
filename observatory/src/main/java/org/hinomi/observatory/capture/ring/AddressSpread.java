package org.hinomi.observatory.capture.ring;

import static org.hinomi.observatory.capture.ring.BpfProgram.IF_EQUAL;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_HALF;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_MEMORY;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_WORD;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_WORD_AT_X;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_X;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_X_MEMORY;
import static org.hinomi.observatory.capture.ring.BpfProgram.MULTIPLY;
import static org.hinomi.observatory.capture.ring.BpfProgram.PROTOCOL;
import static org.hinomi.observatory.capture.ring.BpfProgram.RETURN;
import static org.hinomi.observatory.capture.ring.BpfProgram.RETURN_A;
import static org.hinomi.observatory.capture.ring.BpfProgram.SHIFT_RIGHT;
import static org.hinomi.observatory.capture.ring.BpfProgram.STORE;
import static org.hinomi.observatory.capture.ring.BpfProgram.XOR_X;

/**
 * Makes the classic BPF program that chooses a packet's ring in a fanout group (PACKET_FANOUT_CBPF) by a hash of its
 * two IP addresses alone: all packets of a flow tuple go to one ring, on each interface to that of the same number,
 * so that no tuple is counted on two cores. What is not plain IP behind two tags at most goes to the first ring.
 *
 * <p>The kernel's own hash (PACKET_FANOUT_HASH) looks at the headers inside GRE and IP-in-IP, and so spreads packets
 * of one tuple; the card's queue (PACKET_FANOUT_CPU) may depend on anything.
 */
final class AddressSpread {
    private static final int[] TAG_TYPES = {0x8100, 0x88a8, 0x9100, 0x9200, 0x9300};
    private static final int TAGS = 2;
    private static final int TAG = 4;
    private static final int ADDRESSES_V4 = 12;
    private static final int ADDRESSES_V6 = 8;

    /** Odd numbers with well-mixed bits, one a word of the addresses. */
    private static final int[] MIX = {
        0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1, 0xd3a2646d, 0xfd7046c5, 0xb55a4f09
    };

    private AddressSpread() {}

    /** The program; the kernel takes the number it returns modulo the number of rings. */
    static BpfProgram program() {
        return tagged(0).add(RETURN, 0);
    }

    /** Tells the protocol at a depth of tags; the packet begins at its network header. */
    private static BpfProgram tagged(int tags) {
        BpfProgram program = new BpfProgram();
        program.add(tags == 0 ? LOAD_WORD : LOAD_HALF, tags == 0 ? PROTOCOL : TAG * tags - 2);
        when(program, 0x0800, hash(TAG * tags, ADDRESSES_V4, 2));
        when(program, 0x86dd, hash(TAG * tags, ADDRESSES_V6, 8));
        if (tags < TAGS) {
            BpfProgram deeper = tagged(tags + 1).add(RETURN, 0);
            BpfProgram any = new BpfProgram();
            for (int i = 0; i < TAG_TYPES.length; i++) {
                any.add(IF_EQUAL, TAG_TYPES.length - i, 0, TAG_TYPES[i]);
            }
            program.add(any.add(RETURN, 0)).add(deeper);
        }
        return program;
    }

    private static void when(BpfProgram program, int type, BpfProgram then) {
        program.add(IF_EQUAL, 0, then.size(), type).add(then);
    }

    private static BpfProgram hash(int start, int addresses, int words) {
        BpfProgram program = new BpfProgram().add(LOAD_X, start);
        for (int i = 0; i < words; i++) {
            program.add(LOAD_WORD_AT_X, addresses + 4 * i).add(MULTIPLY, MIX[i]).add(STORE, i);
        }
        program.add(LOAD_MEMORY, 0);
        for (int i = 1; i < words; i++) {
            program.add(LOAD_X_MEMORY, i).add(XOR_X, 0);
        }
        // The upper bits of a product depend on all of a word's bits; they must reach the lowest.
        return program.add(STORE, 0)
                .add(SHIFT_RIGHT, 16)
                .add(LOAD_X_MEMORY, 0)
                .add(XOR_X, 0)
                .add(RETURN_A, 0);
    }
}

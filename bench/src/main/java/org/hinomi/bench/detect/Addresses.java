package org.hinomi.bench.detect;

import java.util.ArrayList;
import java.util.List;

/** Where senders live: anywhere, or in the networks of organisations that are ours to watch over. */
final class Addresses {
    /** Organisations. */
    static final int ORGANISATIONS = 20;

    /** Addresses of each: a /18. */
    static final int SIZE = 1 << 14;

    private final List<Integer> bases = new ArrayList<>();

    Addresses(Chance chance) {
        while (bases.size() < ORGANISATIONS) {
            int base = anywhere(chance) & -SIZE;
            if (owner(base) < 0) {
                bases.add(base);
            }
        }
    }

    /** First addresses of the organisations' networks. */
    List<Integer> bases() {
        return bases;
    }

    /** An address of the public Internet that is not dark. */
    static int anywhere(Chance chance) {
        while (true) {
            int address = chance.bits();
            int first = address >>> 24;
            boolean special = first == 0 || first == 10 || first == 127 || first >= 224;
            if (!special && (address >>> 16) != (Air.DARK_BASE >>> 16)) {
                return address;
            }
        }
    }

    /** An address of some organisation. */
    int own(Chance chance) {
        return bases.get(chance.below(ORGANISATIONS)) | chance.below(SIZE);
    }

    /** An address that is some organisation's with a probability. */
    int some(Chance chance, double own) {
        return chance.in(own) ? own(chance) : anywhere(chance);
    }

    /** The number of the organisation that an address belongs to; -1 for none. */
    int owner(int address) {
        return bases.indexOf(address & -SIZE);
    }
}

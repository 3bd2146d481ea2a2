package org.hinomi.kernel.synthetic;

import java.util.ArrayList;
import java.util.List;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;

/**
 * Gives each numbered source an IPv4 address of its own, spread over the world by a {@link Mix}. Nothing is kept a
 * source: the number is permuted, its lower bits choose a block by weight, the rest is permuted within the block.
 */
final class SourceAddresses {
    /** The most sources of a mix. */
    static final int MOST_SOURCES = 1 << 21;

    private static final int SLOT_BITS = 10;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int NUMBER_BITS = 21;
    private static final int MIXES = Mix.values().length;

    private final long seed;
    private final int[] networks;
    private final int[] hostBits;
    private final String[] countries;
    private final int[][] blockOfSlot = new int[MIXES][SLOTS];
    private final int[][] rankOfSlot = new int[MIXES][SLOTS];
    private final int[][] slotsOfBlock;

    /**
     * The addresses of a run.
     *
     * @param darknet no source is in a block that overlaps it
     */
    SourceAddresses(long seed, PrefixSet darknet) {
        this.seed = seed;
        List<PublicBlocks.Block> blocks = new ArrayList<>(PublicBlocks.all());
        blocks.removeIf(block -> darknet.prefixes().stream().anyMatch(dark -> overlap(dark, block.prefix())));
        networks = blocks.stream().mapToInt(b -> b.prefix().network().v4()).toArray();
        hostBits = blocks.stream().mapToInt(b -> 32 - b.prefix().length()).toArray();
        countries = blocks.stream().map(PublicBlocks.Block::country).toArray(String[]::new);
        slotsOfBlock = new int[MIXES][blocks.size()];
        for (int mix = 0; mix < MIXES; mix++) {
            divide(blocks, mix);
        }
    }

    private static boolean overlap(Prefix one, Prefix other) {
        return one.contains(other.network().hi(), other.network().lo())
                || other.contains(one.network().hi(), one.network().lo());
    }

    /** Gives each block its share of the slots, rounding so that none is left. */
    private void divide(List<PublicBlocks.Block> blocks, int mix) {
        double total = 0;
        for (PublicBlocks.Block block : blocks) {
            total += block.shares()[mix];
        }
        double before = 0;
        int slot = 0;
        for (int b = 0; b < blocks.size(); b++) {
            before += blocks.get(b).shares()[mix];
            int end = b == blocks.size() - 1 ? SLOTS : (int) (before * SLOTS / total);
            while (slot < end) {
                blockOfSlot[mix][slot] = b;
                rankOfSlot[mix][slot] = slotsOfBlock[mix][b]++;
                slot++;
            }
        }
    }

    /** The address of a source of a mix; numbers from 0 to {@link #MOST_SOURCES}-1 give different addresses. */
    int address(Mix mix, int number) {
        int m = mix.ordinal();
        int spread = permute(number, NUMBER_BITS, seed ^ m + 1);
        int slot = spread & SLOTS - 1;
        int block = blockOfSlot[m][slot];
        int inMix = (spread >>> SLOT_BITS) * slotsOfBlock[m][block] + rankOfSlot[m][slot];
        int inBlock = inMix * MIXES + m;
        return networks[block] | permute(inBlock, hostBits[block], seed + networks[block]);
    }

    /** The country of the block of a source. */
    String country(Mix mix, int number) {
        int slot = permute(number, NUMBER_BITS, seed ^ mix.ordinal() + 1) & SLOTS - 1;
        return countries[blockOfSlot[mix.ordinal()][slot]];
    }

    /** The IPv6 address of a numbered source: in a block of each of six networks, with a random interface part. */
    static IpAddress v6(long seed, int number) {
        long[] networks = {
            0x240e_0000_0000_0000L,
            0x2408_8000_0000_0000L,
            0x2a01_04f8_0000_0000L,
            0x2600_1f18_0000_0000L,
            0x2804_0014_0000_0000L,
            0x2400_8500_0000_0000L
        };
        long bits = SplitMix.of(seed, number);
        long hi = networks[Math.floorMod(number, networks.length)] | bits >>> 32 & 0xffff_0000L | number >>> 4;
        return new IpAddress(hi, SplitMix.mix(bits) & ~0xfL | number & 0xf);
    }

    /** A bijection on the numbers of some bits. */
    static int permute(int number, int bits, long key) {
        int mask = (int) ((1L << bits) - 1);
        int half = bits / 2 + 1;
        int x = number;
        long keys = SplitMix.mix(key);
        for (int round = 0; round < 3; round++) {
            x = (x * ((int) keys | 1) + (int) (keys >>> 32)) & mask;
            x ^= x >>> half;
            keys = SplitMix.mix(keys);
        }
        return x;
    }
}

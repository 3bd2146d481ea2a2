package org.hinomi.observatory.capture.ring;

import static org.hinomi.observatory.capture.ring.BpfProgram.AND;
import static org.hinomi.observatory.capture.ring.BpfProgram.IF_AT_LEAST;
import static org.hinomi.observatory.capture.ring.BpfProgram.IF_EQUAL;
import static org.hinomi.observatory.capture.ring.BpfProgram.IF_GREATER;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_BYTE;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_HALF;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_WORD_AT_X;
import static org.hinomi.observatory.capture.ring.BpfProgram.LOAD_X;
import static org.hinomi.observatory.capture.ring.BpfProgram.RETURN;

import java.util.ArrayList;
import java.util.List;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.jspecify.annotations.Nullable;

/**
 * Compiles dark prefixes to a classic BPF filter that passes a packet if its destination is dark. IPv4 and IPv6 are
 * told by EtherType behind up to two tags (the kernel takes the outermost off before the filter sees the frame), or by
 * the version nibble where packets begin with IP. What the filter can't see through (more tags, MPLS, PPPoE, LLC) it
 * passes, for the reader to judge: it never keeps a packet back that the reader would count. (Packets of IP version 6
 * to IPv4-mapped addresses, which must not be on a wire, are the exception.)
 *
 * <p>Addresses are sought as in a sorted table, so a packet costs some 10 instructions even with hundreds of prefixes.
 */
final class DarkFilter {
    private static final int EVERYTHING = 1 << 18;
    private static final int TAGS = 2;
    private static final int ETHERNET = 14;
    private static final int[] TAG_TYPES = {0x8100, 0x88a8, 0x9100, 0x9200, 0x9300};
    private static final int[] TUNNEL_TYPES = {0x8847, 0x8848, 0x8864};
    private static final int SMALLEST_ETHERTYPE = 0x0600;
    private static final int DESTINATION_V4 = 16;
    private static final int DESTINATION_V6 = 24;
    private static final int WORD = 32;

    private DarkFilter() {}

    /** Values of a word of the address, and what is asked of the next word; null when nothing is. */
    private record Segment(long first, long last, @Nullable List<Segment> next) {}

    /** The words of a prefix's address. */
    private record Block(long[] words, int length) {}

    /**
     * Compiles prefixes.
     *
     * @param cooked whether packets begin with their IP header, not with an Ethernet header
     * @return a program, which may be longer than the kernel takes
     */
    static BpfProgram of(PrefixSet dark, boolean cooked) {
        BpfProgram v4 = destination(blocks(dark, true), DESTINATION_V4);
        BpfProgram v6 = destination(blocks(dark, false), DESTINATION_V6);
        return cooked ? raw(v4, v6) : ethernet(v4, v6);
    }

    /** Passes nothing: what a socket has until all is set up. */
    static BpfProgram nothing() {
        return new BpfProgram().add(RETURN, 0);
    }

    private static BpfProgram everything() {
        return new BpfProgram().add(RETURN, EVERYTHING);
    }

    private static BpfProgram raw(BpfProgram v4, BpfProgram v6) {
        BpfProgram other = new BpfProgram().either(IF_EQUAL, 0x60, v6, nothing());
        return new BpfProgram().add(LOAD_X, 0).add(LOAD_BYTE, 0).add(AND, 0xf0).either(IF_EQUAL, 0x40, v4, other);
    }

    private static BpfProgram ethernet(BpfProgram v4, BpfProgram v6) {
        BpfProgram dispatch = new BpfProgram().either(IF_EQUAL, 0x0800, v4, v6);
        BpfProgram program = new BpfProgram();
        int size = depth(0, 0).size();
        for (int tags = 0; tags <= TAGS; tags++) {
            program.add(depth(tags, (TAGS - tags) * size));
        }
        return program.add(dispatch);
    }

    /** What is done at a depth of tags; IP jumps from its end to where the versions are told apart. */
    private static BpfProgram depth(int tags, int toVersions) {
        BpfProgram program = new BpfProgram().add(LOAD_X, ETHERNET + 4 * tags).add(LOAD_HALF, ETHERNET - 2 + 4 * tags);
        BpfProgram other = new BpfProgram();
        for (int type : TUNNEL_TYPES) {
            other.add(IF_EQUAL, 0, 1, type).add(RETURN, EVERYTHING);
        }
        other.add(IF_AT_LEAST, 0, 1, SMALLEST_ETHERTYPE).add(RETURN, 0).add(RETURN, EVERYTHING);
        // The IP versions jump over the rest, to the jump at the end.
        int toEnd = 2 * TAG_TYPES.length + other.size();
        program.add(IF_EQUAL, toEnd + 1, 0, 0x0800).add(IF_EQUAL, toEnd, 0, 0x86dd);
        for (int i = 0; i < TAG_TYPES.length; i++) {
            program.add(IF_EQUAL, 0, 1, TAG_TYPES[i]);
            int behind = 2 * (TAG_TYPES.length - 1 - i) + other.size() + 1;
            program.add(tags < TAGS ? new BpfProgram().add(BpfProgram.JUMP, behind) : everything());
        }
        return program.add(other).add(BpfProgram.JUMP, toVersions);
    }

    private static List<Block> blocks(PrefixSet dark, boolean v4) {
        List<Block> blocks = new ArrayList<>();
        for (Prefix prefix : dark.prefixes()) {
            long hi = prefix.network().hi();
            long lo = prefix.network().lo();
            if (prefix.network().isV4() == v4) {
                long[] words = v4
                        ? new long[] {lo & 0xffff_ffffL}
                        : new long[] {hi >>> WORD, hi & 0xffff_ffffL, lo >>> WORD, lo & 0xffff_ffffL};
                blocks.add(new Block(words, prefix.length()));
            }
        }
        return blocks;
    }

    private static BpfProgram destination(List<Block> blocks, int offset) {
        List<Segment> segments = segments(blocks, 0);
        return segments.isEmpty() ? nothing() : word(segments, offset);
    }

    /** What a word of the address may be: sorted, apart from each other, neighbours joined. */
    private static List<Segment> segments(List<Block> blocks, int word) {
        List<Segment> found = new ArrayList<>();
        for (Block block : blocks) {
            int bits = block.length - WORD * word;
            if (bits <= WORD) {
                long host = (1L << WORD - bits) - 1;
                found.add(new Segment(block.words[word], block.words[word] | host, null));
            }
        }
        found.sort((one, other) -> Long.compare(one.first, other.first));
        List<Segment> joined = joined(found);
        List<Block> longer = blocks.stream()
                .filter(block -> block.length > WORD * (word + 1))
                .filter(block ->
                        joined.stream().noneMatch(s -> s.first <= block.words[word] && block.words[word] <= s.last))
                .toList();
        List<Segment> all = new ArrayList<>(joined);
        longer.stream()
                .map(block -> block.words[word])
                .distinct()
                .forEach(value -> all.add(new Segment(
                        value,
                        value,
                        segments(
                                longer.stream()
                                        .filter(block -> block.words[word] == value)
                                        .toList(),
                                word + 1))));
        all.sort((one, other) -> Long.compare(one.first, other.first));
        return all;
    }

    private static List<Segment> joined(List<Segment> sorted) {
        List<Segment> joined = new ArrayList<>();
        for (Segment next : sorted) {
            if (!joined.isEmpty() && next.first <= joined.getLast().last + 1) {
                Segment last = joined.removeLast();
                joined.add(new Segment(last.first, Math.max(last.last, next.last), null));
            } else {
                joined.add(next);
            }
        }
        return joined;
    }

    private static BpfProgram word(List<Segment> segments, int offset) {
        return new BpfProgram().add(LOAD_WORD_AT_X, offset).add(search(segments, offset));
    }

    private static BpfProgram search(List<Segment> segments, int offset) {
        if (segments.size() > 1) {
            int middle = segments.size() / 2;
            return new BpfProgram()
                    .either(
                            IF_AT_LEAST,
                            (int) segments.get(middle).first,
                            search(segments.subList(middle, segments.size()), offset),
                            search(segments.subList(0, middle), offset));
        }
        Segment only = segments.getFirst();
        if (only.next != null) {
            return new BpfProgram()
                    .add(IF_EQUAL, 1, 0, (int) only.first)
                    .add(RETURN, 0)
                    .add(word(only.next, offset + 4));
        }
        return new BpfProgram()
                .add(IF_AT_LEAST, 0, 1, (int) only.first)
                .add(IF_GREATER, 0, 1, (int) only.last)
                .add(RETURN, 0)
                .add(RETURN, EVERYTHING);
    }
}

package org.hinomi.kernel.flow;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.kernel.packet.PacketDecoder;
import org.hinomi.kernel.packet.PacketHeader;

/** Random packets from few values, so that many share a flow tuple; and what a plain map makes of them. */
public final class Packets {
    /** What makes a flow tuple; the minute in seconds first. */
    record Key(
            long time,
            long srcHi,
            long srcLo,
            long dstHi,
            long dstLo,
            int srcPort,
            int dstPort,
            int protocol,
            int ttl,
            int flags,
            int length,
            boolean laterFragment) {}

    /** What is counted of it. */
    static final class Value {
        long packets;
        long firstSeq;
        int firstIpId;
        int synLen;
        int window;
        boolean oddFragment;
        final int[] matches = new int[FlowRow.MOST_RULES];

        List<Object> all() {
            return List.of(packets, firstSeq, firstIpId, synLen, window, oddFragment, Arrays.toString(matches));
        }
    }

    final Map<Key, Value> expected = new HashMap<>();
    /** The packet made last. */
    public final PacketHeader header = new PacketHeader();
    /** The rules it matched. */
    public long matches;

    /** Makes the next packet and counts it. */
    public void next(Random random, long minuteSeconds, int variety) {
        byte[] packet = random.nextInt(4) == 0 ? v6(random, variety) : v4(random, variety);
        var refused = PacketDecoder.decode(MemorySegment.ofArray(packet), 0, packet.length, LinkType.RAW, header);
        if (refused != null) {
            throw new IllegalStateException(refused.toString());
        }
        matches = random.nextInt(3) == 0 ? random.nextInt(1 << FlowRow.MOST_RULES) : 5;
        count(minuteSeconds);
    }

    private void count(long minuteSeconds) {
        Key key = new Key(
                minuteSeconds,
                header.srcHi,
                header.srcLo,
                header.dstHi,
                header.dstLo,
                header.srcPort,
                header.dstPort,
                header.protocol,
                header.ttl,
                header.tcpFlags,
                header.ipLength,
                header.laterFragment);
        Value value = expected.computeIfAbsent(key, k -> first());
        value.packets++;
        for (int rule = 0; rule < FlowRow.MOST_RULES; rule++) {
            value.matches[rule] += (int) (matches >>> rule & 1);
        }
    }

    private Value first() {
        Value value = new Value();
        value.firstSeq = header.seq;
        value.firstIpId = header.ipId;
        value.oddFragment = header.oddFragmentField;
        boolean syn = header.tcpFlags == 2;
        value.synLen = syn ? header.tcpHeaderLength : 0;
        value.window = syn ? header.window : 0;
        return value;
    }

    private static byte[] v4(Random random, int variety) {
        byte[] bytes = new byte[48];
        bytes[0] = 0x45;
        bytes[3] = (byte) (random.nextInt(8) == 0 ? 44 : 48);
        put(bytes, 4, random.nextInt());
        put(bytes, 6, new int[] {0, 0, 0, 0x4000, 0x8000, 0x2000, 0x00b9}[random.nextInt(7)]);
        bytes[8] = (byte) (60 + random.nextInt(2));
        bytes[9] = (byte) (new int[] {6, 6, 6, 17, 1, 47}[random.nextInt(6)]);
        put(bytes, 12, 0xc633 + random.nextInt(2));
        put(bytes, 14, random.nextInt(variety));
        put(bytes, 16, 0xc612);
        put(bytes, 18, random.nextInt(4));
        transport(bytes, 20, random);
        return bytes;
    }

    private static byte[] v6(Random random, int variety) {
        byte[] bytes = new byte[68];
        bytes[0] = 0x60;
        bytes[5] = 28;
        bytes[6] = (byte) (new int[] {6, 17, 58}[random.nextInt(3)]);
        bytes[7] = 64;
        for (int at = 8; at < 40; at += 8) {
            bytes[at] = 0x20;
            bytes[at + 7] = (byte) random.nextInt(Math.min(variety, 4));
        }
        transport(bytes, 40, random);
        return bytes;
    }

    private static void transport(byte[] bytes, int at, Random random) {
        put(bytes, at, 1000 + random.nextInt(2));
        put(bytes, at + 2, 23 + random.nextInt(2));
        put(bytes, at + 4, random.nextInt());
        put(bytes, at + 6, random.nextInt());
        bytes[at + 12] = (byte) (5 + random.nextInt(2) << 4);
        bytes[at + 13] = (byte) (new int[] {2, 2, 18, 4, 0xc2}[random.nextInt(5)]);
        put(bytes, at + 14, random.nextInt());
    }

    private static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    /** The key that a row stands for. */
    static Key key(FlowRow row) {
        return new Key(
                row.time,
                row.srcHi,
                row.srcLo,
                row.dstHi,
                row.dstLo,
                row.srcPort,
                row.dstPort,
                row.protocol,
                row.ttl,
                row.tcpFlags,
                row.ipLen,
                row.laterFragment);
    }

    static boolean isV4(Key key) {
        return IpAddress.isV4(key.srcHi, key.srcLo);
    }
}

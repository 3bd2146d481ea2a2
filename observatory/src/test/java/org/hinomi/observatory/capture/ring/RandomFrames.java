package org.hinomi.observatory.capture.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;

/** Makes up dark prefixes and packets in and near them. */
final class RandomFrames {
    private static final int[] TAGS = {0x8100, 0x88a8, 0x9100, 0x9200, 0x9300};
    private static final int[] OTHER_TYPES = {0x0806, 0x8847, 0x8848, 0x8864, 0x0100, 0x88cc};

    /** A shorter prefix of IPv6 could hold the mapped addresses of IPv4. */
    private static final int SHORTEST = 4;

    private final Random random;

    RandomFrames(Random random) {
        this.random = random;
    }

    /** As many prefixes, of both versions, of any length, some within others and side by side. */
    PrefixSet darknet(int prefixes) {
        List<Prefix> made = new ArrayList<>();
        while (made.size() < prefixes) {
            if (!made.isEmpty() && random.nextInt(4) == 0) {
                Prefix near = made.get(random.nextInt(made.size()));
                int length = Math.min(near.network().bits(), Math.max(SHORTEST, near.length() + random.nextInt(9) - 2));
                made.add(new Prefix(near(near), length));
            } else if (random.nextBoolean()) {
                made.add(new Prefix(
                        new IpAddress(0, IpAddress.V4_PREFIX | random.nextInt() & 0xffff_ffffL),
                        SHORTEST + random.nextInt(33 - SHORTEST)));
            } else {
                made.add(new Prefix(
                        new IpAddress(0x2001_0db8L << 32 | random.nextInt(4), random.nextLong()),
                        SHORTEST + random.nextInt(129 - SHORTEST)));
            }
        }
        return PrefixSet.of(made);
    }

    /** An address in a prefix, or just beside it. */
    IpAddress near(Prefix prefix) {
        IpAddress edge = random.nextBoolean() ? prefix.network() : prefix.last();
        long lo = edge.lo() + random.nextInt(3) - 1;
        if (random.nextInt(3) == 0) {
            lo ^= 1L << random.nextInt(32);
        }
        if (!edge.isV4()) {
            return new IpAddress(edge.hi() ^ (random.nextInt(3) == 0 ? 1L << random.nextInt(64) : 0), lo);
        }
        return new IpAddress(0, IpAddress.V4_PREFIX | lo & 0xffff_ffffL);
    }

    /** A TCP packet of IPv4 or IPv6. */
    byte[] ip(IpAddress destination) {
        int header = destination.isV4() ? 20 : 40;
        byte[] packet = new byte[header + 20];
        random.nextBytes(packet);
        packet[0] = (byte) (destination.isV4() ? 0x45 : 0x60);
        packet[2] = 0;
        packet[3] = (byte) packet.length;
        if (destination.isV4()) {
            packet[6] = packet[7] = 0;
            packet[9] = 6;
            put(packet, 16, destination.lo(), 4);
        } else {
            packet[4] = 0;
            packet[5] = 20;
            packet[6] = 6;
            put(packet, 24, destination.hi(), 8);
            put(packet, 32, destination.lo(), 8);
        }
        packet[header + 12] = 0x50;
        return packet;
    }

    private static void put(byte[] into, int at, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            into[at + i] = (byte) (value >>> 8 * (bytes - 1 - i));
        }
    }

    /** Tags and the EtherType of a packet, as they stand before it; sometimes of something else. */
    byte[] types(byte[] ip, int tags) {
        byte[] types = new byte[4 * tags + 2];
        for (int i = 0; i < tags; i++) {
            put(types, 4 * i, TAGS[random.nextInt(TAGS.length)], 2);
            put(types, 4 * i + 2, random.nextInt(1 << 16), 2);
        }
        int type = (ip[0] & 0xf0) == 0x40 ? 0x0800 : 0x86dd;
        put(types, 4 * tags, random.nextInt(12) == 0 ? OTHER_TYPES[random.nextInt(OTHER_TYPES.length)] : type, 2);
        return types;
    }

    /** An Ethernet frame. */
    byte[] ethernet(byte[] types, byte[] ip) {
        byte[] frame = new byte[12 + types.length + ip.length];
        System.arraycopy(types, 0, frame, 12, types.length);
        System.arraycopy(ip, 0, frame, 12 + types.length, ip.length);
        return frame;
    }
}

package org.hinomi.kernel.synthetic;

import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;

/** IPv6 probes: mostly to addresses that people give by hand, near the start of a network (RFC 7707, section 4.1). */
final class SixPackets {
    private static final int[] NONE = {};
    private static final int[][] PORTS = {{80}, {443}, {22}, {21}, {8080}, {25}, {179}};

    private SixPackets() {}

    static int[] ports(long traits) {
        return PORTS[Sender.pick(traits, 0, PORTS.length)];
    }

    static int[] none(long traits) {
        return NONE;
    }

    private static void begin(Frame frame, Sender sender, SplitMix random, int protocol) {
        Prefix prefix = sender.dark().v6Prefix(random);
        IpAddress first = prefix.network();
        IpAddress last = prefix.last();
        boolean byHand = random.below(4) != 0;
        long hi = byHand ? 0 : random.next();
        long lo = byHand ? random.between(1, 254) : random.next();
        frame.ipv6(
                SourceAddresses.v6(sender.seed, sender.number),
                first.hi() | hi & (last.hi() ^ first.hi()),
                first.lo() | lo & (last.lo() ^ first.lo()),
                protocol,
                sender.ttl(64),
                sender.trait(2, 1 << 20));
    }

    static Mark scan(Frame frame, Sender sender, SplitMix random) {
        begin(frame, sender, random, IpProtocol.TCP);
        int port = ports(sender.traits)[0];
        frame.tcp(random.between(32_768, 60_999), port, (int) random.next(), 0, TcpFlags.SYN, 64_800, 5);
        Syn.linuxOptions(frame, random);
        return Mark.SYN;
    }

    static Mark ping(Frame frame, Sender sender, SplitMix random) {
        begin(frame, sender, random, IpProtocol.ICMPV6);
        frame.icmp(128, 0, sender.trait(1, 1 << 16) << 16 | sender.sent & 0xffff);
        frame.noise(8, random);
        return Mark.PING;
    }
}

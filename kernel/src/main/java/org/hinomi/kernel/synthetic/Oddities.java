package org.hinomi.kernel.synthetic;

import java.util.HexFormat;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;

/** What is neither an ordinary scan nor an answer: pings, wrong settings, odd flags, other protocols, fragments. */
final class Oddities {
    private static final int[] NONE = {};
    private static final int[][] SETTINGS = {{514}, {123}, {443}};
    private static final int[] ODD_FLAGS = {
        0,
        TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG,
        TcpFlags.FIN,
        TcpFlags.ACK,
        TcpFlags.PSH | TcpFlags.ACK,
        TcpFlags.URG,
        TcpFlags.SYN | TcpFlags.FIN,
        TcpFlags.FIN | TcpFlags.ACK,
        0xc0 | TcpFlags.SYN,
        TcpFlags.PSH,
        TcpFlags.SYN | TcpFlags.PSH
    };
    private static final Mark[] ODD_MARKS = {
        Mark.NULL_PROBE,
        Mark.FIN_PROBE,
        Mark.FIN_PROBE,
        Mark.ACK,
        Mark.PUSH,
        Mark.OTHER_FLAGS,
        Mark.FIN_MIXED,
        Mark.FIN_MIXED,
        Mark.BARE_SYN,
        Mark.PUSH,
        Mark.PUSH
    };
    private static final int[] ODD_PORTS = {80, 443, 22, 23, 8080};
    private static final int[] OTHER_PROTOCOLS = {47, 50};
    private static final byte[] SYSLOG = HexFormat.of()
            .parseHex("3c33303e4a616e2020312030303a30303a3030206465766963652073797374656d3a20737461727465640a");
    private static final byte[] NTP_CLIENT = HexFormat.of().parseHex("23" + "00".repeat(47));
    private static final int GRE = 47;
    private static final int GRE_OF_IPV4 = 0x0800;
    private static final int MORE_FRAGMENTS = 0x2000;

    private Oddities() {}

    static int[] none(long traits) {
        return NONE;
    }

    static int[] oddPorts(long traits) {
        return ODD_PORTS;
    }

    static int[] settingPorts(long traits) {
        return SETTINGS[Sender.pick(traits, 0, SETTINGS.length)];
    }

    static Mark ping(Frame frame, Sender sender, SplitMix random) {
        boolean windows = sender.trait(3, 3) == 0;
        frame.ipv4(
                sender.address,
                sender.target,
                IpProtocol.ICMP,
                sender.ttl(windows ? 128 : 64),
                random.below(1 << 16),
                0);
        frame.icmp(8, 0, sender.trait(1, 1 << 16) << 16 | sender.sent & 0xffff);
        frame.noise(windows ? 32 : 56, random);
        return Mark.PING;
    }

    /** A device that was told a wrong address and never stops. */
    static Mark setting(Frame frame, Sender sender, SplitMix random) {
        int port = settingPorts(sender.traits)[0];
        sender.target = sender.usualTarget();
        if (port == 443) {
            Syn.linux(frame, sender, random.between(32_768, 60_999), port, random);
            return Mark.SYN;
        }
        frame.ipv4(sender.address, sender.target, IpProtocol.UDP, sender.ttl(64), random.below(1 << 16), 0);
        frame.udp(1024 + sender.trait(1, 60_000), port);
        frame.payload(port == 514 ? SYSLOG : NTP_CLIENT);
        return Mark.DATAGRAM;
    }

    static Mark flags(Frame frame, Sender sender, SplitMix random) {
        int which = random.below(ODD_FLAGS.length);
        int port = ODD_PORTS[random.below(ODD_PORTS.length)];
        frame.ipv4(sender.address, sender.target, IpProtocol.TCP, sender.ttl(64), random.below(1 << 16), 0);
        long bits = random.next();
        frame.tcp(random.between(1024, 65_535), port, (int) bits, (int) (bits >>> 32), ODD_FLAGS[which], 4096, 0);
        return ODD_MARKS[which];
    }

    static Mark otherProtocol(Frame frame, Sender sender, SplitMix random) {
        int protocol = OTHER_PROTOCOLS[sender.trait(3, OTHER_PROTOCOLS.length)];
        frame.ipv4(sender.address, sender.target, protocol, sender.ttl(64), random.below(1 << 16), 0);
        if (protocol == GRE) {
            frame.word(GRE_OF_IPV4);
            frame.word(0x4500_0014);
            frame.word(random.below(1 << 16) << 16);
            frame.word(64 << 24 | 59 << 16);
            frame.word(sender.target);
            frame.word(sender.address);
        } else {
            frame.word((int) sender.traits);
            frame.word(sender.sent);
            frame.noise(48, random);
        }
        return Mark.NO_PORTS;
    }

    /** A fragment behind the first: no ports, whatever its bytes look like. */
    static Mark fragment(Frame frame, Sender sender, SplitMix random) {
        int protocol = sender.trait(3, 4) == 0 ? IpProtocol.TCP : IpProtocol.UDP;
        int field = random.between(1, 8) * 185 | (random.below(2) == 0 ? MORE_FRAGMENTS : 0);
        frame.ipv4(sender.address, sender.target, protocol, sender.ttl(64), random.below(1 << 16), field);
        frame.noise(64, random);
        return Mark.NO_PORTS;
    }
}

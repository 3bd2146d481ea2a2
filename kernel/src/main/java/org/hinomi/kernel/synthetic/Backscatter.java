package org.hinomi.kernel.synthetic;

import java.util.HexFormat;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;

/** What the victims of attacks with forged sources send to those sources. */
final class Backscatter {
    private static final int[] UNREACHABLE_CODES = {1, 3, 3, 10, 13};
    private static final int DNS_RESPONSE = 0x8180;
    private static final int WINDOW = 64_240;

    /** Question and answer for example.com, but for the address in the answer. */
    private static final byte[] DNS_ANSWER =
            HexFormat.of().parseHex("076578616d706c6503636f6d0000010001" + "c00c000100010000003c0004");

    private Backscatter() {}

    static Mark write(Frame frame, Sender sender, Attack attack, SplitMix random) {
        return switch (attack.answer()) {
            case SYN_ACK, SYN_ACK_MORE -> {
                int ttl = sender.trait(2, 4) == 0 ? 128 : 64;
                tcp(frame, sender, attack, random, TcpFlags.SYN | TcpFlags.ACK, WINDOW, 1, ttl);
                frame.word(Syn.MSS_1460);
                yield Mark.SYN_ACK;
            }
            case RESET -> {
                int flags = sender.trait(2, 3) == 0 ? TcpFlags.RST : TcpFlags.RST | TcpFlags.ACK;
                tcp(frame, sender, attack, random, flags, 0, 0, 64);
                yield Mark.RESET;
            }
            case UNREACHABLE -> unreachable(frame, sender, attack, random);
            case DNS_ANSWER -> dns(frame, sender, random);
            case ECHO_ANSWER -> {
                ip(frame, sender, random, IpProtocol.ICMP, 64);
                frame.icmp(0, 0, (int) random.next());
                frame.noise(32, random);
                yield Mark.ICMP_ANSWER;
            }
        };
    }

    private static void ip(Frame frame, Sender sender, SplitMix random, int protocol, int ttl) {
        frame.ipv4(sender.address, sender.target, protocol, sender.ttl(ttl), random.below(1 << 16), 0);
    }

    private static int forgedPort(SplitMix random) {
        return random.between(1024, 65_535);
    }

    private static void tcp(
            Frame frame, Sender sender, Attack attack, SplitMix random, int flags, int window, int options, int ttl) {
        ip(frame, sender, random, IpProtocol.TCP, ttl);
        long bits = random.next();
        int seq = flags == TcpFlags.RST || window != 0 ? (int) bits : 0;
        int ack = (flags & TcpFlags.ACK) != 0 ? (int) (bits >>> 32) : 0;
        frame.tcp(attack.port(), forgedPort(random), seq, ack, flags, window, options);
    }

    /** Quotes the forged packet's IP header and 8 bytes more (RFC 792). */
    private static Mark unreachable(Frame frame, Sender sender, Attack attack, SplitMix random) {
        ip(frame, sender, random, IpProtocol.ICMP, 64);
        boolean exceeded = sender.trait(2, 6) == 0;
        frame.icmp(exceeded ? 11 : 3, exceeded ? 0 : UNREACHABLE_CODES[sender.trait(3, UNREACHABLE_CODES.length)], 0);
        int protocol = sender.trait(4, 2) == 0 ? IpProtocol.TCP : IpProtocol.UDP;
        frame.word(0x4500_0000 | (protocol == IpProtocol.TCP ? 40 : 128));
        frame.word(random.below(1 << 16) << 16);
        frame.word(1 << 24 | protocol << 16);
        frame.word(sender.target);
        frame.word(sender.address);
        frame.word(forgedPort(random) << 16 | attack.port());
        frame.word((int) random.next());
        return Mark.ICMP_ANSWER;
    }

    private static Mark dns(Frame frame, Sender sender, SplitMix random) {
        ip(frame, sender, random, IpProtocol.UDP, 64);
        frame.udp(53, forgedPort(random));
        frame.word(random.below(1 << 16) << 16 | DNS_RESPONSE);
        frame.word(0x0001_0001);
        frame.word(0);
        frame.payload(DNS_ANSWER);
        frame.word((int) random.next());
        return Mark.DNS_ANSWER;
    }
}

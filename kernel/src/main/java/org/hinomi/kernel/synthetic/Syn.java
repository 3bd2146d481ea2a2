package org.hinomi.kernel.synthetic;

import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;

/** Writes SYN packets with the options that tools and operating systems send. */
final class Syn {
    static final int MSS_1460 = 0x0204_05b4;

    private static final int NOP = 1;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int SACK_PERMITTED = 0x0402;

    private Syn() {}

    /** A SYN without options. */
    static void bare(Frame frame, Sender sender, int ttl, int id, int sourcePort, int port, int seq, int window) {
        frame.ipv4(sender.address, sender.target, IpProtocol.TCP, ttl, id, 0);
        frame.tcp(sourcePort, port, seq, 0, TcpFlags.SYN, window, 0);
    }

    /** A SYN with an MSS of 1460. */
    static void withMss(Frame frame, Sender sender, int ttl, int id, int sourcePort, int port, int seq, int window) {
        frame.ipv4(sender.address, sender.target, IpProtocol.TCP, ttl, id, 0);
        frame.tcp(sourcePort, port, seq, 0, TcpFlags.SYN, window, 1);
        frame.word(MSS_1460);
    }

    /** A SYN as Linux sends it: MSS, SACK permitted, time stamps, window scale. */
    static void linux(Frame frame, Sender sender, int sourcePort, int port, SplitMix random) {
        frame.ipv4(sender.address, sender.target, IpProtocol.TCP, sender.ttl(64), random.below(1 << 16), DONT_FRAGMENT);
        int window = sender.trait(11, 3) == 0 ? 29_200 : 64_240;
        frame.tcp(sourcePort, port, (int) random.next(), 0, TcpFlags.SYN, window, 5);
        linuxOptions(frame, random);
    }

    /** The options of a SYN of Linux: five words. */
    static void linuxOptions(Frame frame, SplitMix random) {
        frame.word(MSS_1460);
        frame.word(SACK_PERMITTED << 16 | 0x080a);
        frame.word((int) random.next());
        frame.word(0);
        frame.word(NOP << 24 | 0x03_0307);
    }

    /** A SYN as Windows sends it: MSS, window scale, SACK permitted. */
    static void windows(Frame frame, Sender sender, int sourcePort, int port, SplitMix random) {
        int id = sender.sent * 3 + sender.trait(12, 1 << 16) & 0xffff;
        frame.ipv4(sender.address, sender.target, IpProtocol.TCP, sender.ttl(128), id, DONT_FRAGMENT);
        int window = sender.trait(11, 2) == 0 ? 8_192 : 64_240;
        frame.tcp(sourcePort, port, (int) random.next(), 0, TcpFlags.SYN, window, 3);
        frame.word(MSS_1460);
        frame.word(NOP << 24 | 0x03_0308);
        frame.word(NOP << 24 | NOP << 16 | SACK_PERMITTED);
    }
}

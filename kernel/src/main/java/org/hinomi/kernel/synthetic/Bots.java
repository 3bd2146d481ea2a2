package org.hinomi.kernel.synthetic;

/** Infected devices that look for others: Mirai and what came after it. */
final class Bots {
    private static final int[] TELNET = {23, 2323};
    private static final int[][] MIRAI_PORTS = {
        TELNET, TELNET, TELNET, TELNET, TELNET, TELNET, {5555}, {37215}, {52869}, {8080}, {80}, {81}, {7547}
    };
    private static final int[][] UNMARKED_PORTS = {
        TELNET, TELNET, TELNET, {23}, {2323}, {8080}, {8443}, {60023}, {5500}, {37215}, {34567}, {1023}
    };
    private static final int[][] OUTBREAK_PORTS = {{52869, 37215}};
    private static final int[][] HAJIME_PORTS = {{23}, {5358}, {7547}, {8291}, {81}, {5555}};
    private static final int[][] RAW_PORTS = {{22}, {80}, {443}, {8888}, {1433}, {3389}, {5038}, {9200}, {27017}};
    private static final int[] RAW_WINDOWS = {512, 5_840, 8_192, 16_384, 60_352, 65_535};
    private static final int FIRST_FREE_PORT = 1024;

    private Bots() {}

    static int[] miraiPorts(long traits) {
        return MIRAI_PORTS[Sender.pick(traits, 0, MIRAI_PORTS.length)];
    }

    static int[] unmarkedPorts(long traits) {
        return UNMARKED_PORTS[Sender.pick(traits, 0, UNMARKED_PORTS.length)];
    }

    static int[] outbreakPorts(long traits) {
        return OUTBREAK_PORTS[Sender.pick(traits, 0, OUTBREAK_PORTS.length)];
    }

    static int[] hajimePorts(long traits) {
        return HAJIME_PORTS[Sender.pick(traits, 0, HAJIME_PORTS.length)];
    }

    static int[] rawPorts(long traits) {
        return RAW_PORTS[Sender.pick(traits, 0, RAW_PORTS.length)];
    }

    /** Every tenth probe goes to the second port, as in the published scanner. */
    private static int port(int[] ports, Sender sender) {
        return ports.length > 1 && sender.sent % 10 == 9 ? ports[1] : ports[0];
    }

    private static int ownPort(Sender sender) {
        return FIRST_FREE_PORT + sender.trait(1, 65_536 - FIRST_FREE_PORT);
    }

    /** Source port and window stay for a run; the sequence number is the address probed. */
    static Mark mirai(Frame frame, Sender sender, SplitMix random) {
        int port = port(miraiPorts(sender.traits), sender);
        Syn.bare(
                frame,
                sender,
                sender.ttl(64),
                random.below(1 << 16),
                ownPort(sender),
                port,
                sender.target,
                sender.trait(2, 1 << 16));
        return Mark.MIRAI;
    }

    static Mark unmarked(Frame frame, Sender sender, SplitMix random) {
        return withoutMark(frame, sender, random, unmarkedPorts(sender.traits));
    }

    static Mark outbreak(Frame frame, Sender sender, SplitMix random) {
        return withoutMark(frame, sender, random, outbreakPorts(sender.traits));
    }

    private static Mark withoutMark(Frame frame, Sender sender, SplitMix random, int[] ports) {
        long bits = random.next();
        int window = sender.trait(2, 1 << 16);
        Syn.bare(
                frame,
                sender,
                sender.ttl(64),
                (int) (bits >>> 48),
                ownPort(sender),
                port(ports, sender),
                (int) bits,
                window);
        return Mark.BARE_SYN;
    }

    static Mark hajime(Frame frame, Sender sender, SplitMix random) {
        int half = random.between(1, 0xffff);
        int seq = sender.trait(3, 2) == 0 ? half : half << 16;
        int sourcePort = random.between(FIRST_FREE_PORT, 65_535);
        int port = hajimePorts(sender.traits)[0];
        Syn.bare(frame, sender, sender.ttl(64), random.below(1 << 16), sourcePort, port, seq, 14_600);
        return Mark.HAJIME;
    }

    /** A tool of no name that sends by a raw socket. */
    static Mark raw(Frame frame, Sender sender, SplitMix random) {
        long bits = random.next();
        int window = RAW_WINDOWS[sender.trait(2, RAW_WINDOWS.length)];
        int port = rawPorts(sender.traits)[0];
        int ttl = sender.ttl(sender.trait(4, 2) == 0 ? 128 : 255);
        Syn.bare(frame, sender, ttl, (int) (bits >>> 48), ownPort(sender), port, (int) bits, window);
        return Mark.BARE_SYN;
    }
}

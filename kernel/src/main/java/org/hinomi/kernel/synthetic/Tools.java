package org.hinomi.kernel.synthetic;

/** Port scanners that anybody can have, and those who scan for research. */
final class Tools {
    private static final int[][] WEB_AND_MORE = {
        {80}, {443}, {22}, {8080}, {21}, {25}, {3389}, {5900}, {1883}, {102}, {502}, {47808}, {8443}, {2375}, {6379}
    };
    private static final int[] ALL = {};
    private static final int[] NMAP_PORTS = {
        21, 22, 23, 25, 53, 80, 110, 111, 113, 135, 139, 143, 199, 256, 443, 445, 554, 587, 993, 995, 1025, 1720, 1723,
        3306, 3389, 5900, 8080, 8888
    };
    private static final int LARGEST_WINDOW = 65_535;
    private static final int ZMAP_ID = 54_321;
    private static final int ZMAP_FIRST_PORT = 32_768;
    private static final int ZMAP_LAST_PORT = 61_000;

    private Tools() {}

    static int[] onePort(long traits) {
        return WEB_AND_MORE[Sender.pick(traits, 0, WEB_AND_MORE.length)];
    }

    static int[] allPorts(long traits) {
        return ALL;
    }

    static int[] nmapPorts(long traits) {
        return NMAP_PORTS;
    }

    private static int anyPort(SplitMix random) {
        return random.between(1, 65_535);
    }

    static Mark zmapOld(Frame frame, Sender sender, SplitMix random) {
        int port = onePort(sender.traits)[0];
        int from = random.between(ZMAP_FIRST_PORT, ZMAP_LAST_PORT);
        int seq = (int) random.next();
        if (sender.trait(3, 3) == 0) {
            Syn.withMss(frame, sender, sender.ttl(255), ZMAP_ID, from, port, seq, LARGEST_WINDOW);
            return Mark.ZMAP;
        }
        Syn.bare(frame, sender, sender.ttl(255), ZMAP_ID, from, port, seq, LARGEST_WINDOW);
        return Mark.BARE_ZMAP;
    }

    static Mark zmapNew(Frame frame, Sender sender, SplitMix random) {
        return likeZmap(frame, sender, random, onePort(sender.traits)[0]);
    }

    static Mark research(Frame frame, Sender sender, SplitMix random) {
        return likeZmap(frame, sender, random, anyPort(random));
    }

    private static Mark likeZmap(Frame frame, Sender sender, SplitMix random, int port) {
        int from = random.between(ZMAP_FIRST_PORT, ZMAP_LAST_PORT);
        long bits = random.next();
        Syn.withMss(frame, sender, sender.ttl(255), (int) (bits >>> 48), from, port, (int) bits, LARGEST_WINDOW);
        return Mark.SYN;
    }

    private static int masscanPort(Sender sender, SplitMix random) {
        return sender.trait(3, 4) == 0 ? anyPort(random) : onePort(sender.traits)[0];
    }

    static int[] masscanPorts(long traits) {
        return Sender.pick(traits, 3, 4) == 0 ? ALL : onePort(traits);
    }

    static Mark masscan(Frame frame, Sender sender, SplitMix random) {
        int seq = (int) random.next();
        int port = masscanPort(sender, random);
        int id = (sender.target ^ port ^ seq) & 0xffff;
        Syn.bare(frame, sender, sender.ttl(255), id, 40_000 + sender.trait(1, 20_000), port, seq, 1024);
        return Mark.MASSCAN;
    }

    static Mark masscanOptions(Frame frame, Sender sender, SplitMix random) {
        int seq = (int) random.next();
        int port = masscanPort(sender, random);
        int id = (sender.target ^ port ^ seq) & 0xffff;
        Syn.withMss(frame, sender, sender.ttl(255), id, 40_000 + sender.trait(1, 20_000), port, seq, 1025);
        return Mark.MASSCAN_OPTIONS;
    }

    static boolean unicornscanIsBigEndian(long traits) {
        return Sender.pick(traits, 5, 2) == 0;
    }

    /** The sequence number is a key of the run, folded with addresses and ports as the sender's machine sees them. */
    static Mark unicornscan(Frame frame, Sender sender, SplitMix random) {
        int port = onePort(sender.traits)[0];
        int from = 1024 + sender.sent * 7919 % 60_000;
        int key = (int) (sender.traits >>> 32);
        int target = unicornscanIsBigEndian(sender.traits) ? sender.target : Integer.reverseBytes(sender.target);
        int seq = key ^ target ^ (port << 16) + from;
        Syn.bare(frame, sender, sender.ttl(128), random.below(1 << 16), from, port, seq, 16_384);
        return Mark.BARE_SYN;
    }

    /** The halves of the sequence number differ by a mask of the run; window and TTL are drawn. */
    static Mark nmap(Frame frame, Sender sender, SplitMix random) {
        int port = NMAP_PORTS[random.below(NMAP_PORTS.length)];
        int half = sender.sent * 40_503 + 1 & 0xffff;
        int seq = half << 16 | half ^ sender.trait(6, 1 << 16);
        int window = 1024 * random.between(1, 4);
        int from = 33_000 + sender.trait(1, 30_000);
        int ttl = 37 + sender.trait(7, 23);
        Syn.withMss(frame, sender, ttl, random.below(1 << 16), from, port, seq, window);
        return Mark.SYN;
    }
}

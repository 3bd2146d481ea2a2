package org.hinomi.kernel.synthetic;

/** Worms and password guessers that let the operating system make the connection. */
final class Systems {
    private static final int[][] LINUX_PORTS = {
        {22}, {22}, {22}, {2222}, {23}, {80}, {6379}, {2375}, {3306}, {5432}, {8088}, {443}
    };
    private static final int[][] WINDOWS_PORTS = {{445}, {445}, {445}, {445}, {139}, {3389}, {3389}, {1433}, {135}};

    private Systems() {}

    static int[] linuxPorts(long traits) {
        return LINUX_PORTS[Sender.pick(traits, 0, LINUX_PORTS.length)];
    }

    static int[] windowsPorts(long traits) {
        return WINDOWS_PORTS[Sender.pick(traits, 0, WINDOWS_PORTS.length)];
    }

    static Mark linux(Frame frame, Sender sender, SplitMix random) {
        Syn.linux(frame, sender, random.between(32_768, 60_999), linuxPorts(sender.traits)[0], random);
        return Mark.SYN;
    }

    static Mark windows(Frame frame, Sender sender, SplitMix random) {
        Syn.windows(frame, sender, random.between(49_152, 65_535), windowsPorts(sender.traits)[0], random);
        return Mark.SYN;
    }
}

package org.hinomi.kernel.synthetic;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hinomi.kernel.packet.IpProtocol;

/** UDP probes for services that can be abused as reflectors or taken over, and the noise of peer-to-peer networks. */
final class Datagrams {
    private static final byte[] SIP = ("OPTIONS sip:100@198.18.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060\r\n"
                    + "From: \"scan\"<sip:100@192.0.2.1>\r\nTo: <sip:100@198.18.0.1>\r\nCSeq: 1 OPTIONS\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NTP_MONLIST = HexFormat.of().parseHex("1700032a00000000");
    private static final byte[] DNS_ANY =
            HexFormat.of().parseHex("1337010000010000000000000765" + "78616d706c6503636f6d0000ff0001");
    private static final byte[] SNMP_GET =
            HexFormat.of().parseHex("302602010104067075626c6963a019020101020100020100300e300c06082b060102010101000500");
    private static final byte[] SSDP =
            ("M-SEARCH * HTTP/1.1\r\nHost: 239.255.255.250:1900\r\nMan: \"ssdp:discover\"\r\n"
                            + "MX: 1\r\nST: ssdp:all\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MEMCACHED = HexFormat.of().parseHex("000000000001000073746174730d0a");
    private static final byte[] DHT_PING =
            "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe".getBytes(StandardCharsets.US_ASCII);
    private static final int[] ALL = {};

    private Datagrams() {}

    static int[] allPorts(long traits) {
        return ALL;
    }

    static Behaviour.Ports only(int port) {
        int[] ports = {port};
        return traits -> ports;
    }

    private static Mark datagram(Frame frame, Sender sender, SplitMix random, int from, int port, byte[] payload) {
        int ttl = sender.ttl(sender.trait(4, 3) == 0 ? 255 : 64);
        frame.ipv4(sender.address, sender.target, IpProtocol.UDP, ttl, random.below(1 << 16), 0);
        frame.udp(from, port);
        frame.payload(payload);
        return Mark.DATAGRAM;
    }

    private static int anyPort(SplitMix random) {
        return random.between(1024, 65_535);
    }

    static Mark sip(Frame frame, Sender sender, SplitMix random) {
        return datagram(frame, sender, random, 5060 + sender.trait(1, 40), 5060, SIP);
    }

    static Mark ntp(Frame frame, Sender sender, SplitMix random) {
        return datagram(frame, sender, random, anyPort(random), 123, NTP_MONLIST);
    }

    static Mark dns(Frame frame, Sender sender, SplitMix random) {
        return datagram(frame, sender, random, anyPort(random), 53, DNS_ANY);
    }

    static Mark snmp(Frame frame, Sender sender, SplitMix random) {
        return datagram(frame, sender, random, anyPort(random), 161, SNMP_GET);
    }

    static Mark ssdp(Frame frame, Sender sender, SplitMix random) {
        return datagram(frame, sender, random, anyPort(random), 1900, SSDP);
    }

    static Mark memcached(Frame frame, Sender sender, SplitMix random) {
        return datagram(frame, sender, random, anyPort(random), 11_211, MEMCACHED);
    }

    /** Somebody had this address before and was known to peers. */
    static Mark peers(Frame frame, Sender sender, SplitMix random) {
        int port = sender.trait(3, 3) == 0 ? 6881 : anyPort(random);
        return datagram(frame, sender, random, 1024 + sender.trait(1, 64_000), port, DHT_PING);
    }
}

package org.hinomi.kernel.synthetic;

import static org.hinomi.kernel.packet.Kind.OTHER;
import static org.hinomi.kernel.packet.Kind.SCAN;
import static org.hinomi.kernel.synthetic.Mix.BOTS;
import static org.hinomi.kernel.synthetic.Mix.HOSTS;
import static org.hinomi.kernel.synthetic.Rhythm.STEADY;
import static org.hinomi.kernel.synthetic.Rhythm.peak;

import java.util.List;
import java.util.Locale;
import org.hinomi.kernel.packet.Kind;

/** The kinds of senders, apart from the victims of {@link Attack}s. */
enum Family {
    MIRAI(BOTS, SCAN, shares(90, 200, 5, 230), crowd(20), peak(12, 0.3), Bots::mirai, Bots::miraiPorts),
    UNMARKED(BOTS, SCAN, shares(120, 150, 5, 60), crowd(16), peak(1, 0.25), Bots::unmarked, Bots::unmarkedPorts),
    OUTBREAK(BOTS, SCAN, shares(50, 20, 0, 20), crowd(12), Rhythm.GROWING, Bots::outbreak, Bots::outbreakPorts),
    HAJIME(BOTS, SCAN, shares(15, 20, 0, 20), crowd(18), peak(10, 0.2), Bots::hajime, Bots::hajimePorts),
    RAW_SYN(HOSTS, SCAN, shares(30, 40, 5, 30), crowd(40), STEADY, Bots::raw, Bots::rawPorts),
    ZMAP_OLD(HOSTS, SCAN, shares(30, 80, 5, 100), crowd(200), peak(15, 0.15), Tools::zmapOld, Tools::onePort),
    ZMAP_NEW(HOSTS, SCAN, shares(120, 140, 5, 40), crowd(200), peak(15, 0.15), Tools::zmapNew, Tools::onePort),
    MASSCAN(HOSTS, SCAN, shares(110, 120, 5, 90), crowd(220), STEADY, Tools::masscan, Tools::masscanPorts),
    MASSCAN_MSS(HOSTS, SCAN, shares(40, 50, 0, 30), crowd(220), STEADY, Tools::masscanOptions, Tools::masscanPorts),
    UNICORNSCAN(HOSTS, SCAN, shares(4, 10, 0, 8), crowd(60), STEADY, Tools::unicornscan, Tools::onePort),
    NMAP(HOSTS, SCAN, shares(8, 20, 0, 12), crowd(50), peak(20, 0.3), Tools::nmap, Tools::nmapPorts),
    RESEARCH(HOSTS, SCAN, shares(130, 130, 5, 40), few(4000, 60), STEADY, Tools::research, Tools::allPorts),
    LINUX(HOSTS, SCAN, shares(60, 10, 5, 70), crowd(15), peak(8, 0.15), Systems::linux, Systems::linuxPorts),
    WINDOWS(BOTS, SCAN, shares(60, 10, 5, 60), crowd(14), peak(7, 0.35), Systems::windows, Systems::windowsPorts),
    SIP(HOSTS, SCAN, shares(18, 0, 0, 20), crowd(90), STEADY, Datagrams::sip, Datagrams.only(5060)),
    NTP(HOSTS, SCAN, shares(6, 0, 0, 10), crowd(120), STEADY, Datagrams::ntp, Datagrams.only(123)),
    DNS(HOSTS, SCAN, shares(8, 0, 0, 12), crowd(80), STEADY, Datagrams::dns, Datagrams.only(53)),
    SNMP(HOSTS, SCAN, shares(6, 0, 0, 10), crowd(80), STEADY, Datagrams::snmp, Datagrams.only(161)),
    SSDP(HOSTS, SCAN, shares(5, 0, 0, 10), crowd(80), STEADY, Datagrams::ssdp, Datagrams.only(1900)),
    MEMCACHED(HOSTS, SCAN, shares(2, 0, 0, 4), crowd(150), STEADY, Datagrams::memcached, Datagrams.only(11_211)),
    PEERS(BOTS, SCAN, shares(25, 0, 10, 20), crowd(3), peak(19, 0.4), Datagrams::peers, Datagrams::allPorts),
    PING(BOTS, SCAN, shares(22, 0, 10, 45), crowd(10), peak(13, 0.15), Oddities::ping, Oddities::none),
    MISCONFIGURED(BOTS, SCAN, shares(10, 0, 10, 8), few(600, 500), STEADY, Oddities::setting, Oddities::settingPorts),
    ODD_FLAGS(HOSTS, OTHER, shares(5, 0, 5, 15), crowd(6), STEADY, Oddities::flags, Oddities::oddPorts),
    PROTOCOLS(HOSTS, OTHER, shares(1, 0, 1, 4), crowd(8), STEADY, Oddities::otherProtocol, Oddities::none),
    FRAGMENTS(BOTS, OTHER, shares(2, 0, 2, 6), crowd(8), STEADY, Oddities::fragment, Oddities::none),
    V6_SCAN(HOSTS, SCAN, shares(6, 6, 1, 10), crowd(40), STEADY, SixPackets::scan, SixPackets::ports),
    V6_PING(HOSTS, SCAN, shares(4, 4, 1, 6), crowd(40), STEADY, SixPackets::ping, SixPackets::none);

    /** The most sources of a family. */
    static final int MOST_SOURCES = 250_000;

    /**
     * How many sources there are.
     *
     * @param packetsEach packets of a source on average
     * @param most at most so many sources
     */
    private record Crowd(int packetsEach, int most) {}

    final Mix mix;
    final Kind kind;
    final Rhythm rhythm;
    final Behaviour behaviour;
    final Behaviour.Ports ports;
    private final int[] shares;
    private final Crowd crowd;

    Family(Mix mix, Kind kind, int[] shares, Crowd crowd, Rhythm rhythm, Behaviour behaviour, Behaviour.Ports ports) {
        this.mix = mix;
        this.kind = kind;
        this.shares = shares;
        this.crowd = crowd;
        this.rhythm = rhythm;
        this.behaviour = behaviour;
        this.ports = ports;
    }

    private static int[] shares(int... inOrderOfProfiles) {
        return inOrderOfProfiles;
    }

    private static Crowd crowd(int packetsEach) {
        return new Crowd(packetsEach, MOST_SOURCES);
    }

    private static Crowd few(int packetsEach, int most) {
        return new Crowd(packetsEach, most);
    }

    /** The name in the truth. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean ipv6() {
        return this == V6_SCAN || this == V6_PING;
    }

    /** The part in the traffic of a profile, against those of the other families. */
    int share(Profile profile) {
        return shares[profile.ordinal()];
    }

    /** How many sources send so many packets. */
    int sources(double packets) {
        return (int) Math.clamp(packets / crowd.packetsEach, 1, crowd.most);
    }

    /** The catalogue's rules that name a source, SYN without options apart. */
    List<Rule> rules(long traits) {
        return switch (this) {
            case MIRAI -> List.of(Rule.MIRAI);
            case HAJIME -> List.of(Rule.HAJIME);
            case ZMAP_OLD -> List.of(Rule.ZMAP);
            case MASSCAN -> List.of(Rule.MASSCAN);
            case MASSCAN_MSS -> List.of(Rule.MASSCAN, Rule.MASSCAN_OPTIONS);
            case UNICORNSCAN -> List.of(Tools.unicornscanIsBigEndian(traits) ? Rule.UNICORNSCAN : Rule.UNICORNSCAN_LE);
            case NMAP -> List.of(Rule.NMAP);
            default -> List.of();
        };
    }
}

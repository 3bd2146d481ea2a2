package org.hinomi.kernel.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hinomi.kernel.fingerprint.Fingerprint.Scope;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.TcpFlags;

/**
 * The rules in use: packet rules first, in lane order of {@link FlowRow#matches}, then source rules. Rules look at
 * IPv4 TCP packets whose flags are SYN alone; ECE and CWR are ignored.
 */
public final class FingerprintCatalogue {
    /** The most source rules. */
    public static final int MOST_SOURCE_RULES = 4;

    private final List<Fingerprint> packetRules;
    private final List<Fingerprint> sourceRules;
    private final List<Fingerprint> all;
    private final SynMatcher matcher;

    private FingerprintCatalogue(List<Fingerprint> packetRules, List<Fingerprint> sourceRules, SynMatcher matcher) {
        this.packetRules = List.copyOf(packetRules);
        this.sourceRules = List.copyOf(sourceRules);
        this.all = Stream.concat(packetRules.stream(), sourceRules.stream()).toList();
        this.matcher = matcher;
    }

    /**
     * Reads a catalogue; see {@code fingerprints.txt} for the format.
     *
     * @throws RuleException naming the line
     */
    public static FingerprintCatalogue parse(String text) {
        List<Fingerprint> packet = new ArrayList<>();
        List<Fingerprint> source = new ArrayList<>();
        List<Expression> packetExpressions = new ArrayList<>();
        List<Expression> sourceExpressions = new ArrayList<>();
        for (FingerprintFile.Entry entry : FingerprintFile.parse(text)) {
            if (entry.fingerprint().scope() == Scope.PACKET) {
                packet.add(entry.fingerprint());
                packetExpressions.add(entry.expression());
            } else {
                source.add(entry.fingerprint());
                sourceExpressions.add(entry.expression());
            }
        }
        if (packet.size() > FlowRow.MOST_RULES || source.size() > MOST_SOURCE_RULES) {
            throw new RuleException("there are " + packet.size() + " packet rules and " + source.size()
                    + " source rules; the most are " + FlowRow.MOST_RULES + " and " + MOST_SOURCE_RULES);
        }
        return new FingerprintCatalogue(packet, source, RuleCompiler.compile(packetExpressions, sourceExpressions));
    }

    /** The rules that one packet decides, in lane order. */
    public List<Fingerprint> packetRules() {
        return packetRules;
    }

    /** The rules that several packets of a source decide. */
    public List<Fingerprint> sourceRules() {
        return sourceRules;
    }

    /** All rules: packet rules, then source rules. */
    public List<Fingerprint> all() {
        return all;
    }

    /** The compiled rules. */
    public SynMatcher matcher() {
        return matcher;
    }

    /** The packet rules that a packet matches, one bit each; 0 for what is no IPv4 SYN. */
    public long match(PacketHeader header) {
        boolean syn = header.tcpHeaderLength != 0 && (header.tcpFlags & TcpFlags.CLASS_BITS) == TcpFlags.SYN;
        return syn && !header.ipv6 ? matcher.match(header) : 0;
    }
}

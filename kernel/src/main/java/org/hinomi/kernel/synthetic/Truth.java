package org.hinomi.kernel.synthetic;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;

/** What made-up traffic really was: the answer that an analysis of it must give. */
public final class Truth {
    private final Cast cast;
    private final int[] sent;
    private final long[] marks;

    Truth(Cast cast, int[] sent, long[] marks) {
        this.cast = cast;
        this.sent = sent;
        this.marks = marks;
    }

    /** All packets. */
    public long packets() {
        return Arrays.stream(marks).sum();
    }

    /** Packets of each class. */
    public Map<PacketClass, Long> classes() {
        Map<PacketClass, Long> counts = new EnumMap<>(PacketClass.class);
        for (Mark mark : Mark.values()) {
            counts.merge(mark.packetClass, marks[mark.ordinal()], Long::sum);
        }
        return counts;
    }

    /** Packets of each kind. */
    public Map<Kind, Long> kinds() {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        for (Mark mark : Mark.values()) {
            counts.merge(mark.kind, marks[mark.ordinal()], Long::sum);
        }
        return counts;
    }

    /** Packets of each family, and of each sort of backscatter. */
    public Map<String, Long> families() {
        Map<String, Long> counts = new TreeMap<>();
        forEachSource(source -> counts.merge(source.family(), source.packets(), Long::sum));
        return counts;
    }

    /**
     * Packets that match each rule on purpose; others match by chance. Of a rule over a source's packets, all but the
     * first of each source.
     */
    public Map<Rule, Long> matches() {
        Map<Rule, Long> counts = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            counts.put(rule, 0L);
        }
        for (Mark mark : Mark.values()) {
            mark.rules.forEach(rule -> counts.merge(rule, marks[mark.ordinal()], Long::sum));
        }
        forEachSource(source -> source.rules().stream()
                .filter(rule -> rule == Rule.UNICORNSCAN || rule == Rule.UNICORNSCAN_LE || rule == Rule.NMAP)
                .forEach(rule -> counts.merge(rule, source.packets() - 1, Long::sum)));
        return counts;
    }

    /** How many sources sent a packet. */
    public long sources() {
        return Arrays.stream(sent).filter(count -> count > 0).count();
    }

    /** Tells of each source that sent a packet. */
    public void forEachSource(Consumer<SourceTruth> consumer) {
        for (Family family : Family.values()) {
            for (int i = 0; i < cast.count(family); i++) {
                int source = cast.first(family) + i;
                if (sent[source] > 0) {
                    consumer.accept(source(family, i, source));
                }
            }
        }
        for (int a = 0; a < cast.attacks.size(); a++) {
            if (sent[cast.victim(a)] > 0) {
                consumer.accept(victim(cast.attacks.get(a), sent[cast.victim(a)]));
            }
        }
    }

    private SourceTruth source(Family family, int inFamily, int source) {
        long traits = cast.traits(source);
        return new SourceTruth(
                cast.address(family, inFamily),
                cast.country(family, inFamily),
                family.id(),
                family.kind,
                Arrays.stream(family.ports.of(traits)).boxed().toList(),
                sent[source],
                family.rules(traits));
    }

    private SourceTruth victim(Attack attack, int packets) {
        return new SourceTruth(
                IpAddress.v4(cast.v4(Mix.VICTIMS, attack.number())),
                cast.country(attack),
                attack.answer().id(),
                Kind.BACKSCATTER,
                List.of(attack.port()),
                packets,
                List.of());
    }
}

package org.hinomi.observatory.capture.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.PrefixSet;

/** The rings of one interface, which share its packets: ring by ring taken by the threads that read them. */
public final class PacketRings {
    private final NetworkLink link;
    private final List<PacketRing> rings;
    private final List<String> remarks;

    private PacketRings(NetworkLink link, List<PacketRing> rings, List<String> remarks) {
        this.link = link;
        this.rings = List.copyOf(rings);
        this.remarks = List.copyOf(remarks);
    }

    /**
     * Opens an interface.
     *
     * @param dark the addresses that the filter passes; empty for all
     * @throws RingException with one sentence; then nothing is open
     */
    public static PacketRings open(RingSettings settings, PrefixSet dark) {
        NetworkLink link = NetworkLink.of(settings.name());
        List<String> remarks = new ArrayList<>();
        if (settings.hardwareTime()) {
            link.noteTimes().ifPresent(remarks::add);
        }
        List<PacketRing> rings = new ArrayList<>();
        try {
            int group = PacketRing.NO_GROUP;
            for (int i = 0; i < settings.cores(); i++) {
                PacketRing ring = new PacketRing(settings, link);
                rings.add(ring);
                group = settings.cores() > 1 ? ring.join(group) : group;
            }
            Optional<String> silence = link.silence();
            if (silence.isPresent()) {
                throw new RingException(silence.get());
            }
            filter(settings, dark, link, rings, remarks);
        } catch (RingException e) {
            rings.forEach(PacketRing::close);
            throw e;
        }
        return new PacketRings(link, rings, remarks);
    }

    /** Lets packets in, now that each has one ring to go to. */
    private static void filter(
            RingSettings settings, PrefixSet dark, NetworkLink link, List<PacketRing> rings, List<String> remarks) {
        BpfProgram program =
                settings.filter() && !dark.isEmpty() ? DarkFilter.of(dark, link.cooked()) : new BpfProgram();
        if (program.size() > BpfProgram.MOST_INSTRUCTIONS) {
            remarks.add("interface '" + settings.name() + "' is captured from without a filter: the dark prefixes take "
                    + program.size() + " instructions, and the kernel takes " + BpfProgram.MOST_INSTRUCTIONS
                    + "; packets to other addresses are left out after the ring");
        }
        for (PacketRing ring : rings) {
            if (program.size() > 0 && program.size() <= BpfProgram.MOST_INSTRUCTIONS) {
                ring.filter(program);
            } else {
                ring.unfiltered();
            }
        }
    }

    /** The rings, one a core. */
    public List<PacketRing> rings() {
        return rings;
    }

    /** What a person should know of how it was opened, as sentences. */
    public List<String> remarks() {
        return remarks;
    }

    /** Why nothing can come from the interface now, as a sentence; empty when all is well. */
    public Optional<String> silence() {
        return link.silence();
    }
}

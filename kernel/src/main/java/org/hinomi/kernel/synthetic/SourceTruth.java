package org.hinomi.kernel.synthetic;

import java.util.List;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.Kind;

/**
 * What a made-up source is.
 *
 * @param address its address
 * @param country the country its block is registered in, or {@code ??}
 * @param family the name of what it is
 * @param kind what most of its packets are
 * @param ports the destination ports it sends to (of a victim: the attacked port); empty for all ports or for none
 * @param packets how many packets it sent
 * @param rules the catalogue's rules that name it once it has sent enough
 */
public record SourceTruth(
        IpAddress address,
        String country,
        String family,
        Kind kind,
        List<Integer> ports,
        long packets,
        List<Rule> rules) {}

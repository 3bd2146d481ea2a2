package org.hinomi.kernel.fingerprint;

import org.hinomi.kernel.packet.PacketHeader;

/** Compiled rules. Called for IPv4 packets whose TCP flags are exactly SYN, ECE and CWR aside. */
public interface SynMatcher {
    /** The packet rules that match, bit n for the catalogue's n-th packet rule. */
    long match(PacketHeader header);

    /** The value of the catalogue's n-th source rule, or {@link Long#MIN_VALUE} where its condition does not hold. */
    long value(int sourceRule, PacketHeader header);

    /** The values of the first two source rules, each folded to 32 bits, the first in the lower half; 0 for none. */
    long firstPair(PacketHeader header);

    /** The same of the third and the fourth source rule. */
    long secondPair(PacketHeader header);
}

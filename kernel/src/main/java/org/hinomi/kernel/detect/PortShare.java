package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hinomi.kernel.packet.IpProtocol;

/**
 * The ports with the most packets, in eight counters: exactly while there are no more ports, then as Space-Saving keeps
 * them (Metwally et al., ICDT 2005), where a count may be too high by the least of all.
 */
final class PortShare {
    private static final int MOST = 8;
    private static final int UDP = 1 << 16;

    private final int[] ports = new int[MOST];
    private final long[] packets = new long[MOST];
    private int size;

    void add(int protocol, int port, long count) {
        int key = (protocol == IpProtocol.UDP ? UDP : 0) | port;
        int at = 0;
        while (at < size && ports[at] != key) {
            at++;
        }
        if (at == MOST) {
            at = least();
        } else if (at == size) {
            size++;
        }
        ports[at] = key;
        packets[at] += count;
    }

    private int least() {
        int least = 0;
        for (int i = 1; i < size; i++) {
            boolean fewer = packets[i] < packets[least] || packets[i] == packets[least] && ports[i] > ports[least];
            least = fewer ? i : least;
        }
        return least;
    }

    /** The port with the most packets, the lowest of several; 0 when there is none. */
    int foremost() {
        int foremost = -1;
        for (int i = 0; i < size; i++) {
            boolean more = foremost < 0
                    || packets[i] > packets[foremost]
                    || packets[i] == packets[foremost] && ports[i] < ports[foremost];
            foremost = more ? i : foremost;
        }
        return foremost < 0 ? 0 : ports[foremost] & UDP - 1;
    }

    /** Packets by port, as {@code tcp/80}. */
    SortedMap<String, Long> counts() {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            counts.put((ports[i] >= UDP ? "udp/" : "tcp/") + (ports[i] & UDP - 1), packets[i]);
        }
        return counts;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(size);
        for (int i = 0; i < size; i++) {
            out.writeInt(ports[i]);
            out.writeLong(packets[i]);
        }
    }

    static PortShare read(DataInput in) throws IOException {
        PortShare share = new PortShare();
        share.size = in.readUnsignedByte();
        if (share.size > MOST) {
            throw new IOException("an attack has " + share.size + " ports");
        }
        for (int i = 0; i < share.size; i++) {
            share.ports[i] = in.readInt() & 2 * UDP - 1;
            share.packets[i] = in.readLong();
        }
        return share;
    }
}

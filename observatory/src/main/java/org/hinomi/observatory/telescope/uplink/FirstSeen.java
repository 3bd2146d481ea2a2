package org.hinomi.observatory.telescope.uplink;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.observatory.telescope.live.LivePacket;

/** Notices the first packet of each source of a day. Bounded; what has no room is counted. */
public final class FirstSeen implements PacketWitness {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int SLOTS = 1 << 17;
    private static final int QUEUE = 1024;

    private final BlockingQueue<LivePacket> queue = new ArrayBlockingQueue<>(QUEUE);
    private final long[] seen = new long[SLOTS];
    private int remembered;
    private long day = Long.MIN_VALUE;
    private volatile long dropped;

    @Override
    public void seen(
            long nanos,
            PacketHeader header,
            long matches,
            MemorySegment bytes,
            long offset,
            int captured,
            int linkType) {
        long today = Math.floorDiv(nanos, DAY_NANOS);
        if (today > day) {
            day = today;
            remembered = 0;
            Arrays.fill(seen, 0);
        }
        if (remembered >= SLOTS / 2 || !isNew(header)) {
            return;
        }
        LivePacket packet = new LivePacket(
                nanos,
                header.srcHi,
                header.srcLo,
                PacketClass.of(header.protocol, header.tcpFlags, header.laterFragment),
                header.protocol,
                header.dstPort,
                matches);
        if (!queue.offer(packet)) {
            dropped = dropped + 1;
        }
    }

    private boolean isNew(PacketHeader header) {
        long key = (header.srcHi * 0x9e3779b97f4a7c15L ^ header.srcLo) * 0xd6e8feb86659fd93L;
        long hash = (key ^ key >>> 32) * 0x9e3779b97f4a7c15L | 1;
        int slot = (int) (hash >>> 40) & SLOTS - 1;
        while (seen[slot] != 0) {
            if (seen[slot] == hash) {
                return false;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        seen[slot] = hash;
        remembered++;
        return true;
    }

    /** Takes some that were noticed. */
    List<LivePacket> drain(int most) {
        List<LivePacket> packets = new ArrayList<>();
        queue.drainTo(packets, most);
        return packets;
    }

    /** Packets that had no room. */
    long dropped() {
        return dropped;
    }
}

package org.hinomi.observatory.capture.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.hinomi.kernel.packet.FrameSink;

/**
 * A ring of packets of one interface that the kernel fills (packet(7), TPACKET_V3 of packet_mmap): frames are read where
 * the kernel put them, without a copy. Used by one thread at a time, which also closes it.
 */
public final class PacketRing implements AutoCloseable {
    /** When the kernel hands a block over that is not full: how long a packet waits at most. */
    static final int RETIRE_MILLIS = 60;

    /** No group of rings yet. */
    static final int NO_GROUP = -1;

    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SO_DETACH_FILTER = 27;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_DGRAM = 2;
    private static final int ALL_PROTOCOLS = 0x0300;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_RX_RING = 5;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_VERSION = 10;
    private static final int PACKET_TIMESTAMP = 17;
    private static final int PACKET_FANOUT = 18;
    private static final int PACKET_FANOUT_DATA = 22;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int FANOUT_CBPF = 6;
    private static final int FANOUT_UNIQUE_ID = 0x2000;
    private static final int RAW_HARDWARE = 1 << 6;
    private static final int TPACKET_V3 = 2;
    private static final short PROMISCUOUS = 1;
    private static final int READ_WRITE = 3;
    private static final int SHARED = 1;
    private static final int FRAME = 1 << 11;
    private static final int USER = 1;
    private static final long MILLISECOND = 1_000_000;

    private final Arena arena = Arena.ofShared();
    private final Linux linux = new Linux(arena);
    private final RingSettings settings;
    private final RingBlock blocks;
    private final int socket;
    private final MemorySegment ring;
    private final MemorySegment statistics = arena.allocate(12, 4);
    private final MemorySegment statisticsSize = arena.allocate(4, 4);
    private int block;
    private volatile long dropped;
    private volatile long freezes;
    private volatile long damaged;
    private volatile long hardwareTimes;

    /** Opens a ring that takes nothing yet. */
    PacketRing(RingSettings settings, NetworkLink link) {
        this.settings = settings;
        this.blocks = new RingBlock(link.cooked());
        // Without a protocol it takes nothing until it is bound, so that no packet of another interface gets in.
        socket = linux.socket(NetworkLink.AF_PACKET, link.cooked() ? SOCK_DGRAM : SOCK_RAW, 0);
        if (socket < 0) {
            int errno = linux.errno();
            arena.close();
            throw new RingException(
                    errno == Linux.EPERM || errno == Linux.EACCES
                            ? "no right to capture on '" + settings.name()
                                    + "'; start as root, or with the capability CAP_NET_RAW:"
                                    + " setpriv --inh-caps +net_raw --ambient-caps +net_raw ./hinomi run ..."
                            : "packets can't be captured: " + Linux.text(errno));
        }
        long mapped = -1;
        try {
            // Linux 4.20 and later; before, outgoing packets are told apart in the ring.
            linux.setsockopt(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, integers(1));
            filter(DarkFilter.nothing());
            set(PACKET_VERSION, integers(TPACKET_V3));
            int size = settings.blockBytes();
            int frames = size / FRAME * settings.blocks();
            set(PACKET_RX_RING, integers(size, settings.blocks(), FRAME, frames, RETIRE_MILLIS, 0, 0));
            mapped = linux.mmap(settings.ringBytes(), READ_WRITE, SHARED, socket);
            check(mapped == -1 ? -1 : 0);
            ring = mapped(mapped);
            bind(link.index());
        } catch (RingException e) {
            if (mapped != -1) {
                linux.munmap(mapped(mapped));
            }
            linux.close(socket);
            arena.close();
            throw e;
        }
    }

    private void bind(int index) {
        MemorySegment address = arena.allocate(20, 4);
        address.set(JAVA_SHORT, 0, (short) NetworkLink.AF_PACKET);
        address.set(JAVA_SHORT, 2, (short) ALL_PROTOCOLS);
        address.set(JAVA_INT, 4, index);
        check(linux.bind(socket, address));
        if (settings.promiscuous()) {
            MemorySegment member = arena.allocate(16, 4);
            member.set(JAVA_INT, 0, index);
            member.set(JAVA_SHORT, 4, PROMISCUOUS);
            set(PACKET_ADD_MEMBERSHIP, member);
        }
        if (settings.hardwareTime()) {
            set(PACKET_TIMESTAMP, integers(RAW_HARDWARE));
        }
    }

    /**
     * Shares the interface's packets with other rings.
     *
     * @param group the group's number, which may be 0, or {@link #NO_GROUP} to found one
     * @return the group's number
     */
    int join(int group) {
        boolean found = group == NO_GROUP;
        int mode = found ? FANOUT_CBPF | FANOUT_UNIQUE_ID : FANOUT_CBPF;
        set(PACKET_FANOUT, integers(mode << 16 | (found ? 0 : group)));
        MemorySegment value = arena.allocate(4, 4);
        check(linux.getsockopt(socket, SOL_PACKET, PACKET_FANOUT, value, integers(4)));
        if (found) {
            set(PACKET_FANOUT_DATA, program(AddressSpread.program()));
        }
        return value.get(JAVA_INT, 0) & 0xffff;
    }

    /** Takes what a filter passes from now on. */
    void filter(BpfProgram program) {
        check(linux.setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, program(program)));
    }

    /** Takes everything from now on. */
    void unfiltered() {
        check(linux.setsockopt(socket, SOL_SOCKET, SO_DETACH_FILTER, integers(0)));
    }

    private MemorySegment program(BpfProgram program) {
        MemorySegment words = arena.allocateFrom(JAVA_LONG, program.words());
        MemorySegment head = arena.allocate(16, 8);
        head.set(JAVA_SHORT, 0, (short) program.size());
        head.set(JAVA_LONG, 8, words.address());
        return head;
    }

    private MemorySegment mapped(long address) {
        return MemorySegment.ofAddress(address).reinterpret(settings.ringBytes());
    }

    private MemorySegment integers(int... values) {
        return arena.allocateFrom(JAVA_INT, values);
    }

    private void set(int option, MemorySegment value) {
        check(linux.setsockopt(socket, SOL_PACKET, option, value));
    }

    private void check(int result) {
        if (result < 0) {
            throw new RingException(
                    "interface '" + settings.name() + "' can't be captured from: " + Linux.text(linux.errno()));
        }
    }

    int socket() {
        return socket;
    }

    /** The interface. */
    public String name() {
        return settings.name();
    }

    /**
     * Gives the frames of the next block that the kernel filled.
     *
     * @return whether there was one
     */
    public boolean read(FrameSink sink) {
        long at = (long) block * settings.blockBytes();
        int status = ring.get(JAVA_INT, at + RingBlock.STATUS);
        VarHandle.acquireFence();
        if ((status & USER) == 0) {
            return false;
        }
        blocks.read(ring, at, settings.blockBytes(), sink);
        VarHandle.releaseFence();
        ring.set(JAVA_INT, at + RingBlock.STATUS, 0);
        block = block + 1 == settings.blocks() ? 0 : block + 1;
        return true;
    }

    /** Gives what came until now: the kernel hands a block that is not full over after a while. */
    public void drain(FrameSink sink) {
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + 2 * RETIRE_MILLIS * MILLISECOND;
        while (System.nanoTime() < end) {
            if (!read(sink)) {
                LockSupport.parkNanos(MILLISECOND);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the kernel what was lost since it was last asked. */
    public void count() {
        statisticsSize.set(JAVA_INT, 0, (int) statistics.byteSize());
        if (linux.getsockopt(socket, SOL_PACKET, PACKET_STATISTICS, statistics, statisticsSize) == 0) {
            dropped += Integer.toUnsignedLong(statistics.get(JAVA_INT, 4));
            freezes += Integer.toUnsignedLong(statistics.get(JAVA_INT, 8));
        }
        damaged = blocks.damaged();
        hardwareTimes = blocks.hardwareTimes();
    }

    /** Packets that the kernel dropped because the ring was full, as it was last asked. */
    public long dropped() {
        return dropped;
    }

    /** How often the ring was full, as the kernel was last asked. */
    public long freezes() {
        return freezes;
    }

    /** Blocks that could not be read to their end, as it was last counted. */
    public long damaged() {
        return damaged;
    }

    /** Packets with the network card's time, as it was last counted. */
    public long hardwareTimes() {
        return hardwareTimes;
    }

    @Override
    public void close() {
        linux.munmap(ring);
        linux.close(socket);
        arena.close();
    }
}

package org.hinomi.observatory.capture.ring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.packet.LinkType;

/**
 * A ring of packets of one interface that the kernel fills (packet(7), TPACKET_V3 of packet_mmap): frames are read where
 * the kernel put them, without a copy. Used by one thread at a time.
 */
public final class PacketRing implements AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int ALL_PROTOCOLS = 0x0300;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_RX_RING = 5;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_VERSION = 10;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int TPACKET_V3 = 2;
    private static final short PROMISCUOUS = 1;
    private static final int READ_WRITE = 3;
    private static final int SHARED = 1;
    private static final short POLLIN = 1;
    private static final int USER = 1;
    private static final int OUTGOING = 4;

    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 64;
    private static final int FRAME = 1 << 11;
    private static final int RETIRE_MILLIS = 50;

    private static final int BLOCK_STATUS = 8;
    private static final int BLOCK_PACKETS = 12;
    private static final int BLOCK_FIRST = 16;
    private static final int NEXT = 0;
    private static final int SECONDS = 4;
    private static final int NANOSECONDS = 8;
    private static final int CAPTURED = 12;
    private static final int LENGTH = 16;
    private static final int MAC = 24;
    private static final int HARDWARE_TYPE = 56;
    private static final int PACKET_TYPE = 58;

    private static final int ARPHRD_ETHER = 1;
    private static final int ARPHRD_LOOPBACK = 772;
    private static final int ARPHRD_RAWIP = 519;
    private static final int ARPHRD_NONE = 0xfffe;
    private static final int UNKNOWN_LINK_TYPE = 0xffff;

    private static final long NANOS = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000;

    private final Arena arena = Arena.ofShared();
    private final Linux linux = new Linux(arena);
    private final String name;
    private final int socket;
    private final MemorySegment ring;
    private final MemorySegment descriptor = arena.allocate(8, 4);
    private final MemorySegment statistics = arena.allocate(12, 4);
    private final MemorySegment statisticsSize = integers(12);
    private int block;
    private volatile long dropped;

    /**
     * Opens an interface.
     *
     * @param promiscuous whether to take frames that are not addressed to the interface
     * @throws RingException with one sentence
     */
    public PacketRing(String name, boolean promiscuous) {
        this.name = name;
        int index = linux.interfaceIndex(arena.allocateFrom(name));
        if (index == 0) {
            arena.close();
            throw new RingException("there is no network interface '" + name + "'; 'ip link' lists those there are");
        }
        // Without a protocol it takes nothing until it is bound, so that no packet of another interface gets in.
        socket = linux.socket(AF_PACKET, SOCK_RAW, 0);
        if (socket < 0) {
            int errno = linux.errno();
            arena.close();
            throw new RingException(
                    errno == Linux.EPERM || errno == Linux.EACCES
                            ? "no right to capture on '" + name
                                    + "'; start as root, or with the capability CAP_NET_RAW:"
                                    + " setpriv --inh-caps +net_raw --ambient-caps +net_raw ./hinomi run ..."
                            : "packets can't be captured: " + Linux.text(errno));
        }
        long mapped = -1;
        try {
            // Linux 4.20 and later; before, outgoing packets are told apart in the ring.
            linux.setsockopt(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, integers(1));
            set(PACKET_VERSION, integers(TPACKET_V3));
            set(PACKET_RX_RING, integers(BLOCK, BLOCKS, FRAME, BLOCK / FRAME * BLOCKS, RETIRE_MILLIS, 0, 0));
            mapped = linux.mmap((long) BLOCK * BLOCKS, READ_WRITE, SHARED, socket);
            check(mapped == -1 ? -1 : 0);
            ring = mapped(mapped);
            check(linux.bind(socket, address(index)));
            if (promiscuous) {
                MemorySegment member = arena.allocate(16, 4);
                member.set(JAVA_INT, 0, index);
                member.set(JAVA_SHORT, 4, PROMISCUOUS);
                set(PACKET_ADD_MEMBERSHIP, member);
            }
            descriptor.set(JAVA_INT, 0, socket);
            descriptor.set(JAVA_SHORT, 4, POLLIN);
            if (linux.poll(descriptor, 0) > 0 && failed()) {
                throw new RingException("interface '" + name + "' is down; 'ip link set " + name + " up' brings it up");
            }
        } catch (RingException e) {
            if (mapped != -1) {
                linux.munmap(mapped(mapped));
            }
            linux.close(socket);
            arena.close();
            throw e;
        }
    }

    /** Whether the last poll told of more than packets. */
    private boolean failed() {
        return (descriptor.get(JAVA_SHORT, 6) & ~POLLIN) != 0;
    }

    private static MemorySegment mapped(long address) {
        return MemorySegment.ofAddress(address).reinterpret((long) BLOCK * BLOCKS);
    }

    private MemorySegment integers(int... values) {
        return arena.allocateFrom(JAVA_INT, values);
    }

    private MemorySegment address(int index) {
        MemorySegment address = arena.allocate(20, 4);
        address.set(JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(JAVA_SHORT, 2, (short) ALL_PROTOCOLS);
        address.set(JAVA_INT, 4, index);
        return address;
    }

    private void set(int option, MemorySegment value) {
        check(linux.setsockopt(socket, SOL_PACKET, option, value));
    }

    private void check(int result) {
        if (result < 0) {
            throw new RingException("interface '" + name + "' can't be captured from: " + Linux.text(linux.errno()));
        }
    }

    /**
     * Gives the frames of the next block that the kernel filled.
     *
     * @param millis how long to wait for one
     * @return whether there was one
     * @throws RingException when the interface is gone
     */
    public boolean read(FrameSink sink, int millis) {
        if (nextBlock(sink)) {
            return true;
        }
        int ready = linux.poll(descriptor, millis);
        if (ready < 0 && linux.errno() != Linux.EINTR) {
            check(ready);
        }
        if (ready > 0 && failed()) {
            drain(sink);
            throw new RingException("interface '" + name + "' went down or away");
        }
        return nextBlock(sink);
    }

    /** Gives what came until now: the kernel hands a block that is not full over after a while. */
    public void drain(FrameSink sink) {
        boolean interrupted = Thread.interrupted();
        long end = System.nanoTime() + 2 * RETIRE_MILLIS * MILLISECOND;
        while (System.nanoTime() < end) {
            if (!nextBlock(sink)) {
                LockSupport.parkNanos(MILLISECOND);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean nextBlock(FrameSink sink) {
        long at = (long) block * BLOCK;
        if ((status(at) & USER) == 0) {
            return false;
        }
        int packets = ring.get(JAVA_INT, at + BLOCK_PACKETS);
        long frame = at + Integer.toUnsignedLong(ring.get(JAVA_INT, at + BLOCK_FIRST));
        for (int i = 0; i < packets; i++) {
            give(frame, sink);
            frame += Integer.toUnsignedLong(ring.get(JAVA_INT, frame + NEXT));
        }
        VarHandle.releaseFence();
        ring.set(JAVA_INT, at + BLOCK_STATUS, 0);
        block = (block + 1) % BLOCKS;
        return true;
    }

    private int status(long at) {
        int status = ring.get(JAVA_INT, at + BLOCK_STATUS);
        VarHandle.acquireFence();
        return status;
    }

    private void give(long frame, FrameSink sink) {
        if (ring.get(JAVA_BYTE, frame + PACKET_TYPE) == OUTGOING) {
            return;
        }
        int type = ring.get(JAVA_SHORT, frame + HARDWARE_TYPE) & 0xffff;
        int linkType = switch (type) {
            case ARPHRD_ETHER, ARPHRD_LOOPBACK -> LinkType.ETHERNET;
            case ARPHRD_NONE, ARPHRD_RAWIP -> LinkType.RAW;
            default -> UNKNOWN_LINK_TYPE;
        };
        long nanos = Integer.toUnsignedLong(ring.get(JAVA_INT, frame + SECONDS)) * NANOS
                + Integer.toUnsignedLong(ring.get(JAVA_INT, frame + NANOSECONDS));
        int captured = ring.get(JAVA_INT, frame + CAPTURED);
        int offset = ring.get(JAVA_SHORT, frame + MAC) & 0xffff;
        sink.frame(nanos, ring, frame + offset, captured, ring.get(JAVA_INT, frame + LENGTH), linkType);
    }

    /** Packets that the kernel dropped because the ring was full, since it was opened. */
    public long dropped() {
        statisticsSize.set(JAVA_INT, 0, (int) statistics.byteSize());
        if (linux.getsockopt(socket, SOL_PACKET, PACKET_STATISTICS, statistics, statisticsSize) == 0) {
            dropped += Integer.toUnsignedLong(statistics.get(JAVA_INT, 4));
        }
        return dropped;
    }

    @Override
    public void close() {
        linux.munmap(ring);
        linux.close(socket);
        arena.close();
    }
}

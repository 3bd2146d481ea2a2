package org.hinomi.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;

/** Sends made-up packets out of an interface as fast as it goes, 64 a system call, from ever other sources. */
public final class CableFlood {
    private static final int FRAMES = 1 << 16;
    private static final int SLOT = 256;
    private static final int BATCH = 64;
    private static final int HEADER = 64;
    private static final int SOURCE = 26;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_QDISC_BYPASS = 20;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle SOCKET = find("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = find("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle INDEX = find("if_nametoindex", JAVA_INT, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            find("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDMMSG = find("sendmmsg", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    private final Arena arena = Arena.global();
    private final MemorySegment frames = arena.allocate((long) FRAMES * SLOT, 64);
    private final MemorySegment headers = arena.allocate((long) FRAMES * HEADER, 8);
    private final MemorySegment vectors = arena.allocate((long) FRAMES * 16, 8);
    private int made;

    private CableFlood() {
        Traffic traffic = new Traffic(new TrafficPlan(
                Profile.MIXED,
                7,
                0,
                3600L * 1_000_000_000,
                PrefixSet.of(List.of(Prefix.parse("198.18.0.0/16"))),
                2 * FRAMES));
        while (traffic.hasNext() && made < FRAMES) {
            traffic.emit((nanos, bytes, offset, captured, wire, linkType) -> add(bytes, offset, captured));
        }
    }

    private static MethodHandle find(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private void add(MemorySegment bytes, long offset, int captured) {
        if (made < FRAMES && captured <= SLOT) {
            long at = (long) made * SLOT;
            MemorySegment.copy(bytes, offset, frames, at, captured);
            vectors.set(ADDRESS, made * 16L, frames.asSlice(at));
            vectors.set(JAVA_LONG, made * 16L + 8, captured);
            headers.set(ADDRESS, (long) made * HEADER + 16, vectors.asSlice(made * 16L));
            headers.set(JAVA_LONG, (long) made * HEADER + 24, 1);
            made++;
        }
    }

    /** Arguments: interface, seconds. Prints how many packets it sent, and how many a second. */
    public static void main(String[] args) throws Throwable {
        CableFlood flood = new CableFlood();
        double seconds = Double.parseDouble(args[1]);
        long begin = System.nanoTime();
        long sent = flood.send(args[0], begin + (long) (seconds * 1e9));
        System.out.println(sent + " " + Math.round(sent / ((System.nanoTime() - begin) / 1e9)));
    }

    private long send(String name, long end) throws Throwable {
        int socket = (int) SOCKET.invokeExact(17, 3, 0);
        MemorySegment address = arena.allocate(20, 4);
        address.set(JAVA_SHORT, 0, (short) 17);
        address.set(JAVA_INT, 4, (int) INDEX.invokeExact(arena.allocateFrom(name)));
        int bound = (int) BIND.invokeExact(socket, address, 20);
        int set = (int)
                SETSOCKOPT.invokeExact(socket, SOL_PACKET, PACKET_QDISC_BYPASS, arena.allocateFrom(JAVA_INT, 1), 4);
        if (bound < 0 || set < 0) {
            throw new IllegalStateException("can't send out of " + name);
        }
        long sent = 0;
        for (int round = 0; System.nanoTime() < end; round++) {
            for (int at = 0; at < made && System.nanoTime() < end; at += BATCH) {
                int count = Math.min(BATCH, made - at);
                for (int i = at; i < at + count; i++) {
                    frames.set(JAVA_BYTE, (long) i * SLOT + SOURCE, (byte) (round + 1));
                    frames.set(JAVA_BYTE, (long) i * SLOT + SOURCE + 1, (byte) (round >>> 8));
                }
                int done = (int) SENDMMSG.invokeExact(socket, headers.asSlice((long) at * HEADER), count, 0);
                sent += Math.max(done, 0);
            }
        }
        return sent;
    }
}

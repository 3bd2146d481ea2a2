package org.hinomi.observatory.capture.ring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.hinomi.kernel.synthetic.Traffic;

/** The far end of a tunnel (/dev/net/tun): what it sends comes out of the interface as packets without link layer. */
final class TunSender {
    private static final long TUNSETIFF = 0x400454caL;
    private static final short TUN_WITHOUT_HEADER = 0x1001;
    private static final int ETHERNET = 14;
    private static final int READ_WRITE = 2;
    private static final int PACE = 500;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle WRITE = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("write"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment packet = arena.allocate(2048);
    private final int tunnel;
    private long sent;

    TunSender(String name) {
        Linux linux = new Linux(arena);
        tunnel = (int) call(() -> (long) (int) OPEN.invokeExact(arena.allocateFrom("/dev/net/tun"), READ_WRITE));
        MemorySegment request = arena.allocate(40, 8);
        request.setString(0, name);
        request.set(JAVA_SHORT, 16, TUN_WITHOUT_HEADER);
        if (tunnel < 0 || linux.ioctl(tunnel, TUNSETIFF, request) < 0) {
            throw new IllegalStateException("no tunnel: " + Linux.text(linux.errno()));
        }
    }

    private interface Call {
        long make() throws Throwable;
    }

    private static long call(Call call) {
        try {
            return call.make();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends all of it, and tells how many packets that were. */
    long send(Traffic traffic) throws InterruptedException {
        while (traffic.hasNext()) {
            traffic.emit((nanos, bytes, offset, captured, wire, linkType) -> {
                MemorySegment.copy(bytes, offset + ETHERNET, packet, 0, captured - ETHERNET);
                long written = call(() -> (long) WRITE.invokeExact(tunnel, packet, (long) captured - ETHERNET));
                sent += written < 0 ? 0 : 1;
            });
            if (sent % PACE == 0) {
                Thread.sleep(5);
            }
        }
        return sent;
    }
}

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
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;

/** Sends frames out of a network interface as they are. */
public final class FrameSender implements FrameSink, AutoCloseable {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int LONGEST = 2048;
    private static final int PACE = 1000;
    private static final int MAC_ADDRESSES = 12;
    private static final MethodHandle SEND = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("send"),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private final Arena arena = Arena.ofConfined();
    private final Linux linux = new Linux(arena);
    private final MemorySegment frame = arena.allocate(LONGEST);
    private final byte[] tags;
    private final int socket;
    private long sent;

    /**
     * A sender.
     *
     * @param tags VLAN tags to put into each frame, of 4 bytes each
     */
    public FrameSender(String name, byte... tags) {
        this.tags = tags;
        socket = linux.socket(AF_PACKET, SOCK_RAW, 0);
        MemorySegment address = arena.allocate(20, 4);
        address.set(JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(JAVA_INT, 4, linux.interfaceIndex(arena.allocateFrom(name)));
        if (socket < 0 || linux.bind(socket, address) < 0) {
            throw new IllegalStateException(Linux.text(linux.errno()));
        }
    }

    /** Sends made-up traffic. Arguments: interface, packets, seed. */
    public static void main(String[] arguments) throws InterruptedException {
        long packets = Long.parseLong(arguments[1]);
        Traffic traffic = new Traffic(new TrafficPlan(
                Profile.MIXED,
                Long.parseLong(arguments[2]),
                0,
                3600L * 1_000_000_000,
                TrafficPlan.USUAL_DARKNET,
                packets));
        try (FrameSender sender = new FrameSender(arguments[0])) {
            while (traffic.hasNext()) {
                traffic.emit(sender);
                if (sender.sent % PACE == 0) {
                    Thread.sleep(5);
                }
            }
        }
    }

    @Override
    public void frame(long nanos, MemorySegment bytes, long offset, int captured, int wire, int linkType) {
        MemorySegment.copy(bytes, offset, frame, 0, MAC_ADDRESSES);
        MemorySegment.copy(MemorySegment.ofArray(tags), 0, frame, MAC_ADDRESSES, tags.length);
        MemorySegment.copy(
                bytes, offset + MAC_ADDRESSES, frame, (long) MAC_ADDRESSES + tags.length, captured - MAC_ADDRESSES);
        try {
            while ((long) SEND.invokeExact(socket, frame, (long) captured + tags.length, 0) < 0) {
                Thread.sleep(1);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        sent++;
    }

    /** Frames sent. */
    public long sent() {
        return sent;
    }

    @Override
    public void close() {
        linux.close(socket);
        arena.close();
    }
}

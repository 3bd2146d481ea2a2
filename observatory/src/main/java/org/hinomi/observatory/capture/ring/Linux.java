package org.hinomi.observatory.capture.ring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The system calls of live capture, with the C library's own names. Each tells its errno. */
final class Linux {
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EACCES = 13;
    static final int ENODEV = 19;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = find("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            find("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            find("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle BIND = find("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle MMAP =
            find("mmap", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle MUNMAP = find("munmap", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle POLL = find("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CLOSE = find("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle IF_NAMETOINDEX = find("if_nametoindex", JAVA_INT, ADDRESS);
    private static final MethodHandle IOCTL = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle STRERROR = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private final MemorySegment state;

    Linux(Arena arena) {
        state = arena.allocate(STATE);
    }

    private static MethodHandle find(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private interface Call<T> {
        T make() throws Throwable;
    }

    private static <T> T call(Call<T> call) {
        try {
            return call.make();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a system call could not be made", e);
        }
    }

    /** The error number of the last call that failed. */
    int errno() {
        return (int) ERRNO.get(state, 0L);
    }

    /** What an error number means. */
    static String text(int errno) {
        return call(() ->
                ((MemorySegment) STRERROR.invokeExact(errno)).reinterpret(256).getString(0));
    }

    int socket(int domain, int type, int protocol) {
        return call(() -> (int) SOCKET.invokeExact(state, domain, type, protocol));
    }

    int setsockopt(int socket, int level, int option, MemorySegment value) {
        return call(() -> (int) SETSOCKOPT.invokeExact(state, socket, level, option, value, (int) value.byteSize()));
    }

    int getsockopt(int socket, int level, int option, MemorySegment value, MemorySegment length) {
        return call(() -> (int) GETSOCKOPT.invokeExact(state, socket, level, option, value, length));
    }

    int bind(int socket, MemorySegment address) {
        return call(() -> (int) BIND.invokeExact(state, socket, address, (int) address.byteSize()));
    }

    long mmap(long length, int protection, int flags, int socket) {
        return call(() -> (long) MMAP.invokeExact(state, MemorySegment.NULL, length, protection, flags, socket, 0L));
    }

    int munmap(MemorySegment mapped) {
        return call(() -> (int) MUNMAP.invokeExact(state, mapped, mapped.byteSize()));
    }

    int poll(MemorySegment descriptors, int count, int millis) {
        return call(() -> (int) POLL.invokeExact(state, descriptors, (long) count, millis));
    }

    int ioctl(int socket, long request, MemorySegment argument) {
        return call(() -> (int) IOCTL.invokeExact(state, socket, request, argument));
    }

    int close(int socket) {
        return call(() -> (int) CLOSE.invokeExact(state, socket));
    }

    int interfaceIndex(MemorySegment name) {
        return call(() -> (int) IF_NAMETOINDEX.invokeExact(state, name));
    }
}

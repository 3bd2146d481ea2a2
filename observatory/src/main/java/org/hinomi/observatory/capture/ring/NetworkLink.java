package org.hinomi.observatory.capture.ring;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * What the kernel tells of a network interface (netdevice(7)).
 *
 * @param index its number
 * @param cooked whether packets are best taken without their link-layer header, because it is not Ethernet
 */
record NetworkLink(String name, int index, boolean cooked) {
    static final int AF_PACKET = 17;

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCGIFHWADDR = 0x8927;
    private static final long SIOCSHWTSTAMP = 0x89b0;
    private static final int NAME = 16;
    private static final int REQUEST = 40;
    private static final int ETHERNET = 1;
    private static final int LOOPBACK = 772;
    private static final int UP = 1;
    private static final int RUNNING = 0x40;
    private static final int EVERY_PACKET = 1;

    /**
     * Asks for an interface.
     *
     * @throws RingException with one sentence when there is none
     */
    static NetworkLink of(String name) {
        try (Arena arena = Arena.ofConfined()) {
            Linux linux = new Linux(arena);
            int index = linux.interfaceIndex(arena.allocateFrom(name));
            if (index == 0 || name.length() >= NAME) {
                throw new RingException(
                        "there is no network interface '" + name + "'; 'ip link' lists those there are");
            }
            MemorySegment request = request(arena, name);
            boolean known = ask(linux, SIOCGIFHWADDR, request) == 0;
            int type = request.get(JAVA_SHORT, NAME) & 0xffff;
            return new NetworkLink(name, index, known && type != ETHERNET && type != LOOPBACK);
        }
    }

    private static MemorySegment request(Arena arena, String name) {
        MemorySegment request = arena.allocate(REQUEST, 8);
        request.setString(0, name);
        return request;
    }

    /** 0, or the error's number. */
    private static int ask(Linux linux, long what, MemorySegment request) {
        int socket = linux.socket(AF_INET, SOCK_DGRAM, 0);
        if (socket < 0) {
            return linux.errno();
        }
        int errno = linux.ioctl(socket, what, request) < 0 ? linux.errno() : 0;
        linux.close(socket);
        return errno;
    }

    /** Why nothing can come from it now, as a sentence; empty when all is well. */
    Optional<String> silence() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            int errno = ask(new Linux(arena), SIOCGIFFLAGS, request);
            int flags = request.get(JAVA_SHORT, NAME);
            if (errno == Linux.ENODEV) {
                return Optional.of("interface '" + name + "' went away");
            }
            if (errno == 0 && (flags & UP) == 0) {
                return Optional.of("interface '" + name + "' is down; 'ip link set " + name + " up' brings it up");
            }
            return errno == 0 && (flags & RUNNING) == 0
                    ? Optional.of("interface '" + name + "' has no carrier: see to its cable and to the other end")
                    : Optional.empty();
        }
    }

    /** Asks the card to note the time of every packet it takes; tells why it does not, as a sentence. */
    Optional<String> noteTimes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment settings = arena.allocateFrom(JAVA_INT, 0, 0, EVERY_PACKET);
            MemorySegment request = request(arena, name);
            request.set(ADDRESS, NAME, settings);
            int errno = ask(new Linux(arena), SIOCSHWTSTAMP, request);
            return errno == 0
                    ? Optional.empty()
                    : Optional.of("interface '" + name + "' gives no hardware time stamps (" + Linux.text(errno)
                            + (errno == Linux.EPERM ? "; it takes CAP_NET_ADMIN" : "") + "); the kernel's are used");
        }
    }
}

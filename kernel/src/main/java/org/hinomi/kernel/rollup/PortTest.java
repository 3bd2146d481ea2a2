package org.hinomi.kernel.rollup;

/** A set of ports. */
@FunctionalInterface
public interface PortTest {
    /** Whether the port of an IP protocol is in the set. */
    boolean test(int protocol, int port);
}

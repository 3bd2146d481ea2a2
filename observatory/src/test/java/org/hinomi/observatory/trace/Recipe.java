package org.hinomi.observatory.trace;

import java.util.Map;

/**
 * How a trace of {@code src/test/resources/traces} is made.
 *
 * @param name its folder
 * @param capture its {@code in.pcap}
 * @param facts what an analysis must say whatever else it says: JSON pointers and numbers
 */
record Recipe(String name, byte[] capture, Map<String, Long> facts) {}

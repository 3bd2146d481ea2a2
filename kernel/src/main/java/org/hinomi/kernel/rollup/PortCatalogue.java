package org.hinomi.kernel.rollup;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.packet.IpProtocol;

/**
 * The services behind destination ports, and the set of those that count as aimed at the Internet of Things. As a
 * {@link PortTest} it is that set.
 */
public final class PortCatalogue implements PortTest {
    private static final int PORTS = 65_536;
    private static final int COLUMNS = 5;

    private final Map<Integer, Entry> entries;
    private final BitSet iot = new BitSet(2 * PORTS);

    /**
     * A port.
     *
     * @param protocol IP protocol number, TCP or UDP
     * @param service what listens there
     * @param iot whether it counts as aimed at the Internet of Things
     * @param reason why, in English; empty for other ports
     * @param reasonJa why, in Japanese
     */
    public record Entry(int protocol, int port, String service, boolean iot, String reason, String reasonJa) {}

    private PortCatalogue(Map<Integer, Entry> entries) {
        this.entries = entries;
        entries.values().stream().filter(Entry::iot).forEach(e -> iot.set(key(e.protocol, e.port)));
    }

    /**
     * Reads a catalogue: one port a line, {@code protocol/port | service | iot or - | English | Japanese}.
     *
     * @throws IllegalArgumentException naming the line
     */
    public static PortCatalogue parse(String text) {
        Map<Integer, Entry> entries = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Entry entry = entry(line, i + 1);
                if (entries.put(key(entry.protocol, entry.port), entry) != null) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": the port is listed twice");
                }
            }
        }
        return new PortCatalogue(entries);
    }

    private static Entry entry(String line, int number) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != COLUMNS || !columns[0].strip().matches("(tcp|udp)/[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    "line " + number + ": expected 'tcp/23 | service | iot or - | reason | reason in Japanese'");
        }
        String[] port = columns[0].strip().split("/", -1);
        boolean iot = columns[2].strip().equals("iot");
        if (iot && (columns[3].isBlank() || columns[4].isBlank())) {
            throw new IllegalArgumentException("line " + number + ": an IoT port needs a reason in both languages");
        }
        return new Entry(
                port[0].equals("tcp") ? IpProtocol.TCP : IpProtocol.UDP,
                Integer.parseInt(port[1]),
                columns[1].strip(),
                iot,
                columns[3].strip(),
                columns[4].strip());
    }

    @Override
    public boolean test(int protocol, int port) {
        return (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP) && iot.get(key(protocol, port));
    }

    /** What is known of a port. */
    public Optional<Entry> entry(int protocol, int port) {
        return Optional.ofNullable(entries.get(key(protocol, port)));
    }

    /** All listed ports, in the order of the file. */
    public List<Entry> all() {
        return new ArrayList<>(entries.values());
    }

    private static int key(int protocol, int port) {
        return (protocol == IpProtocol.UDP ? PORTS : 0) + (port & 0xffff);
    }
}

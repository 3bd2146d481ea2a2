package org.hinomi.kernel.campaign;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is kept of a source's day while it is in the window.
 *
 * @param day days since 1970-01-01
 * @param packets packets
 * @param destinations different dark addresses, about
 * @param hours the hours with packets, one bit each
 * @param services protocol and port, {@code protocol << 16 | port}
 * @param counts packets of each service
 * @param family names of the marks that name the source, joined by commas; empty when there is none
 */
record DayTrace(long day, long packets, int destinations, int hours, int[] services, long[] counts, String family) {

    /** The same source on a day, made smaller. */
    static DayTrace of(long day, SourceDay source) {
        int hours = 0;
        for (int hour = 0; hour < SourceDay.HOURS; hour++) {
            hours |= source.hours().get(hour) > 0 ? 1 << hour : 0;
        }
        return new DayTrace(
                day,
                source.packets(),
                source.destinations(),
                hours,
                source.ports().stream()
                        .mapToInt(each -> each.protocol() << 16 | each.port())
                        .toArray(),
                source.ports().stream().mapToLong(PortPackets::packets).toArray(),
                String.join(",", source.families().keySet()));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(day);
        out.writeLong(packets);
        out.writeInt(destinations);
        out.writeInt(hours);
        out.writeByte(services.length);
        for (int i = 0; i < services.length; i++) {
            out.writeInt(services[i]);
            out.writeLong(counts[i]);
        }
        out.writeUTF(family);
    }

    static DayTrace read(DataInput in) throws IOException {
        long day = in.readLong();
        long packets = in.readLong();
        int destinations = in.readInt();
        int hours = in.readInt();
        int size = Stored.some(in.readUnsignedByte(), SourceDay.MOST_PORTS, "ports of a source");
        int[] services = new int[size];
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            services[i] = in.readInt();
            counts[i] = in.readLong();
        }
        return new DayTrace(day, packets, destinations, hours, services, counts, in.readUTF());
    }
}

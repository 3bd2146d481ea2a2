package org.hinomi.kernel.campaign;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import org.hinomi.kernel.address.IpAddress;

/** A source that is remembered: its days in the window, when it came first, and the campaign it was last in. */
final class KnownSource {
    private static final int MOST_DAYS = 14;

    final IpAddress address;
    final long onset;
    final ArrayDeque<DayTrace> days = new ArrayDeque<>();
    long lastDay;

    /** Id of its campaign; empty when it is in none. */
    String campaign = "";

    /** The last day on which it was in that campaign. */
    long campaignDay;

    /**
     * A source.
     *
     * @param onset start of its first minute, seconds since 1970-01-01 UTC
     */
    KnownSource(IpAddress address, long onset) {
        this.address = address;
        this.onset = onset;
    }

    void add(DayTrace trace) {
        days.addLast(trace);
        lastDay = trace.day();
    }

    /** Lets go of days before one. */
    void forgetBefore(long day) {
        while (!days.isEmpty() && days.peekFirst().day() < day) {
            days.removeFirst();
        }
    }

    long packets() {
        return days.stream().mapToLong(DayTrace::packets).sum();
    }

    int destinations() {
        return days.stream().mapToInt(DayTrace::destinations).max().orElse(0);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(address.hi());
        out.writeLong(address.lo());
        out.writeLong(onset);
        out.writeLong(lastDay);
        out.writeUTF(campaign);
        out.writeLong(campaignDay);
        out.writeByte(days.size());
        for (DayTrace day : days) {
            day.write(out);
        }
    }

    static KnownSource read(DataInput in) throws IOException {
        KnownSource source = new KnownSource(new IpAddress(in.readLong(), in.readLong()), in.readLong());
        source.lastDay = in.readLong();
        source.campaign = in.readUTF();
        source.campaignDay = in.readLong();
        int size = Stored.count(in.readUnsignedByte(), MOST_DAYS, "days of a source");
        for (int i = 0; i < size; i++) {
            source.days.addLast(DayTrace.read(in));
        }
        return source;
    }
}

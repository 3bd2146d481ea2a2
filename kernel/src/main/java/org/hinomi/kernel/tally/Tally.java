package org.hinomi.kernel.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.rollup.PortTest;

/**
 * What flow tuples add up to: packets by class and kind, and sketches of their sources and destinations. Tallies of
 * parts add up to that of the whole. Not thread-safe.
 */
public final class Tally {
    private final long[] classes = new long[PacketClass.count()];
    private final long[] kinds = new long[Kind.count()];
    private AddressSketch sources = new AddressSketch();
    private AddressSketch destinations = new AddressSketch();
    private long packets;
    private long tuples;
    private long synOrUdp;
    private long toIot;

    /** Counts a tuple with its source. */
    public void add(FlowRow row, PortTest iotPorts) {
        count(row, row.packetCnt, iotPorts);
        source(row);
    }

    /** Counts some of a tuple's packets, its source apart. */
    void count(FlowRow row, long count, PortTest iotPorts) {
        packets += count;
        tuples++;
        classes[row.packetClass()] += count;
        kinds[row.kind()] += count;
        if (row.isSyn() || row.protocol == IpProtocol.UDP && !row.laterFragment) {
            synOrUdp += count;
            toIot += iotPorts.test(row.protocol, row.dstPort) ? count : 0;
        }
    }

    void source(FlowRow row) {
        source(row.srcHi, row.srcLo);
    }

    void source(long hi, long lo) {
        sources.add(hi, lo);
    }

    /** Counts a tuple's destination. */
    public void destination(FlowRow row) {
        destinations.add(row.dstHi, row.dstLo);
    }

    /** Adds what another row counted: a part of the same. */
    public void add(TallyRow part) {
        packets += part.packets();
        tuples += part.tuples();
        synOrUdp += part.synOrUdp();
        toIot += part.toIot();
        for (int i = 0; i < classes.length; i++) {
            classes[i] += part.classes()[i];
        }
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] += part.kinds()[i];
        }
        sources.add(part.sources());
        destinations.add(part.destinations());
    }

    Tally copy() {
        Tally copy = new Tally();
        System.arraycopy(classes, 0, copy.classes, 0, classes.length);
        System.arraycopy(kinds, 0, copy.kinds, 0, kinds.length);
        copy.sources = sources.copy();
        copy.destinations = destinations.copy();
        copy.packets = packets;
        copy.tuples = tuples;
        copy.synOrUdp = synOrUdp;
        copy.toIot = toIot;
        return copy;
    }

    /** It as a row. */
    public TallyRow row(String sensor, int step, long time, String dimension, String key) {
        return new TallyRow(
                sensor,
                step,
                time,
                dimension,
                key,
                packets,
                tuples,
                synOrUdp,
                toIot,
                classes.clone(),
                kinds.clone(),
                sources.bytes(),
                destinations.bytesOrNone());
    }

    /** Writes it whole. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(packets);
        out.writeLong(tuples);
        out.writeLong(synOrUdp);
        out.writeLong(toIot);
        for (long each : classes) {
            out.writeLong(each);
        }
        for (long each : kinds) {
            out.writeLong(each);
        }
        sources.write(out);
        destinations.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static Tally read(DataInput in) throws IOException {
        Tally tally = new Tally();
        tally.packets = in.readLong();
        tally.tuples = in.readLong();
        tally.synOrUdp = in.readLong();
        tally.toIot = in.readLong();
        for (int i = 0; i < tally.classes.length; i++) {
            tally.classes[i] = in.readLong();
        }
        for (int i = 0; i < tally.kinds.length; i++) {
            tally.kinds[i] = in.readLong();
        }
        tally.sources = AddressSketch.read(in);
        tally.destinations = AddressSketch.read(in);
        return tally;
    }
}

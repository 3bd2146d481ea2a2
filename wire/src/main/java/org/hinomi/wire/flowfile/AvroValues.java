package org.hinomi.wire.flowfile;

import java.io.IOException;
import org.apache.avro.io.Encoder;
import org.apache.avro.util.Utf8;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;

/** Writes the values of a flow tuple in the order of {@link FlowField}, without a record object each. */
public final class AvroValues {
    private static final Utf8 NONE = new Utf8("");

    private final FlowLabels labels;
    private final Utf8 sensor;
    private final int rules;

    public AvroValues(FlowLabels labels, String sensor, int rules) {
        this.labels = labels;
        this.sensor = new Utf8(sensor);
        this.rules = rules;
    }

    /** Corsaro's fields; the addresses of IPv6 are 0 there. */
    public void corsaro(FlowRow row, Encoder encoder) throws IOException {
        FlowLabels.Country country = labels.country(row);
        boolean v4 = IpAddress.isV4(row.srcHi, row.srcLo);
        encoder.writeLong(row.time);
        encoder.writeLong(v4 ? row.srcLo & 0xffff_ffffL : 0);
        encoder.writeLong(v4 ? row.dstLo & 0xffff_ffffL : 0);
        encoder.writeInt(row.srcPort);
        encoder.writeInt(row.dstPort);
        encoder.writeInt(row.protocol);
        encoder.writeInt(row.ttl);
        encoder.writeInt(row.tcpFlags);
        encoder.writeInt(row.ipLen);
        encoder.writeInt(row.tcpSynLen);
        encoder.writeInt(row.tcpSynWinLen);
        encoder.writeLong(row.packetCnt);
        encoder.writeInt(CorsaroFilters.spoofed(row) ? 1 : 0);
        encoder.writeInt(CorsaroFilters.masscan(row) ? 1 : 0);
        encoder.writeString(country.continentUtf8());
        encoder.writeString(country.lettersUtf8());
        encoder.writeString(FlowLabels.UNKNOWN_UTF8);
        encoder.writeString(FlowLabels.UNKNOWN_UTF8);
        encoder.writeLong(labels.asn(row));
    }

    /** Hinomi's own, with the match counts. */
    public void ours(FlowRow row, Encoder encoder) throws IOException {
        encoder.writeString(sensor);
        encoder.writeString(labels.kindUtf8(row));
        encoder.writeLong(row.firstSeq);
        encoder.writeInt(row.firstIpId);
        encoder.writeInt(row.laterFragment ? 1 : 0);
        encoder.writeInt(row.oddFragmentField ? 1 : 0);
        for (int lane = 0; lane < rules; lane++) {
            encoder.writeInt(row.matches(lane));
        }
    }

    /** The addresses of IPv6, which a batch has after all others; empty texts for IPv4. */
    public void addresses6(FlowRow row, Encoder encoder) throws IOException {
        boolean v4 = IpAddress.isV4(row.srcHi, row.srcLo);
        encoder.writeString(v4 ? NONE : new Utf8(new IpAddress(row.srcHi, row.srcLo).toString()));
        encoder.writeString(v4 ? NONE : new Utf8(new IpAddress(row.dstHi, row.dstLo).toString()));
    }
}

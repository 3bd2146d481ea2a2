package org.hinomi.observatory.trace;

import static org.hinomi.observatory.trace.PacketBytes.join;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Capture files written by hand: classic pcap in all its kinds, and pcapng block by block. */
public final class CaptureBytes {
    /** 2026-01-01T00:00:00Z in seconds. */
    public static final long NEW_YEAR = 1_767_225_600L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;
    private final long perSecond;

    private CaptureBytes(ByteOrder order, long perSecond) {
        this.order = order;
        this.perSecond = perSecond;
    }

    /** A classic pcap file in microseconds, little-endian. */
    public static CaptureBytes pcap(int linkType) {
        return pcap(linkType, ByteOrder.LITTLE_ENDIAN, 1_000_000);
    }

    /** A classic pcap file. */
    public static CaptureBytes pcap(int linkType, ByteOrder order, long perSecond) {
        CaptureBytes file = new CaptureBytes(order, perSecond);
        int magic = perSecond == 1_000_000 ? 0xa1b2c3d4 : 0xa1b23c4d;
        file.out.writeBytes(file.buffer(24)
                .putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(65_535)
                .putInt(linkType)
                .array());
        return file;
    }

    /** The beginning of a pcapng file: nothing. */
    public static CaptureBytes pcapng(ByteOrder order) {
        return new CaptureBytes(order, 1);
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    /** Adds a record of classic pcap, some seconds after the new year. */
    public CaptureBytes packet(double seconds, byte[] packet) {
        return packet(seconds, packet, packet.length);
    }

    /** Adds a record that was cut to its bytes from a length. */
    public CaptureBytes packet(double seconds, byte[] packet, int wire) {
        long ticks = Math.round(seconds * perSecond);
        out.writeBytes(buffer(16)
                .putInt((int) (NEW_YEAR + Math.floorDiv(ticks, perSecond)))
                .putInt((int) Math.floorMod(ticks, perSecond))
                .putInt(packet.length)
                .putInt(wire)
                .array());
        out.writeBytes(packet);
        return this;
    }

    /** Adds bytes as they are. */
    public CaptureBytes raw(Object... parts) {
        out.writeBytes(join(parts));
        return this;
    }

    /** Adds a pcapng block. */
    public CaptureBytes block(int type, byte[] body) {
        int padded = body.length + 3 & ~3;
        out.writeBytes(buffer(12 + padded)
                .putInt(type)
                .putInt(12 + padded)
                .put(body)
                .put(new byte[padded - body.length])
                .putInt(12 + padded)
                .array());
        return this;
    }

    /** Adds a section header. */
    public CaptureBytes section() {
        return block(
                0x0a0d0d0a,
                buffer(16)
                        .putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1)
                        .array());
    }

    /** Adds an interface with options in hexadecimal, in the file's byte order. */
    public CaptureBytes network(int linkType, int snapLength, String options) {
        byte[] more = join(options);
        return block(
                1,
                buffer(8 + more.length)
                        .putShort((short) linkType)
                        .putShort((short) 0)
                        .putInt(snapLength)
                        .put(more)
                        .array());
    }

    /** Adds an enhanced packet. */
    public CaptureBytes enhanced(int network, long ticks, byte[] packet) {
        return block(6, record(buffer(20 + packet.length).putInt(network), ticks, packet));
    }

    /** Adds a packet block of the obsolete kind. */
    public CaptureBytes obsolete(int network, long ticks, byte[] packet) {
        ByteBuffer start = buffer(20 + packet.length).putShort((short) network).putShort((short) 0);
        return block(2, record(start, ticks, packet));
    }

    private static byte[] record(ByteBuffer start, long ticks, byte[] packet) {
        return start.putInt((int) (ticks >>> 32))
                .putInt((int) ticks)
                .putInt(packet.length)
                .putInt(packet.length)
                .put(packet)
                .array();
    }

    /** Adds a simple packet, which belongs to the first interface and has no time. */
    public CaptureBytes simple(byte[] packet) {
        return block(
                3, buffer(4 + packet.length).putInt(packet.length).put(packet).array());
    }

    /** The file. */
    public byte[] bytes() {
        return out.toByteArray();
    }
}

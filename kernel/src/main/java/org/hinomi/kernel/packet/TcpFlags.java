package org.hinomi.kernel.packet;

/** The control bits of the TCP header's 14th byte (RFC 9293, section 3.1). */
public final class TcpFlags {
    /** No more data from the sender. */
    public static final int FIN = 0x01;

    /** Synchronise sequence numbers. */
    public static final int SYN = 0x02;

    /** Reset the connection. */
    public static final int RST = 0x04;

    /** Push. */
    public static final int PSH = 0x08;

    /** The acknowledgment number counts. */
    public static final int ACK = 0x10;

    /** The urgent pointer counts. */
    public static final int URG = 0x20;

    /** The six bits that decide a packet's class; ECE and CWR (RFC 3168) do not. */
    public static final int CLASS_BITS = 0x3f;

    private TcpFlags() {}
}

package org.hinomi.wire.flowfile;

/** How the blocks of an Avro file are compressed: the codecs that Corsaro writes, and Zstandard. */
public enum Codec {
    /** Not at all. */
    NULL,
    /** RFC 1951. */
    DEFLATE,
    /** Snappy. */
    SNAPPY,
    /** RFC 8878; the batches of remote sensors. */
    ZSTANDARD
}

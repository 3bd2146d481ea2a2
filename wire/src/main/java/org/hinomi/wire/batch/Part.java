package org.hinomi.wire.batch;

/**
 * A minute in a batch, or a part of one.
 *
 * @param sequence number of the part within its sensor's incarnation, from 1, ascending; some may be left out
 * @param minute start of the minute, seconds since 1970-01-01 UTC
 * @param tuples how many flow tuples it has
 * @param packets how many packets they stand for
 * @param saturated whether it was given out early because the minute's table was full
 */
public record Part(long sequence, long minute, int tuples, long packets, boolean saturated) {}

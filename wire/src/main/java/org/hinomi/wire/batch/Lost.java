package org.hinomi.wire.batch;

/**
 * Minutes that a sensor observed and could not keep until the tower had them: a gap.
 *
 * @param from seconds since 1970-01-01 UTC
 * @param to seconds since 1970-01-01 UTC, exclusive
 * @param reason why, as a short text
 */
public record Lost(long from, long to, String reason) {}

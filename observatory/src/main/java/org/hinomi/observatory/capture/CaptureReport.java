package org.hinomi.observatory.capture;

import java.util.List;

/**
 * How the reading of a capture ended.
 *
 * @param packets records given to the sink
 * @param warnings sentences about what could not be read, with byte offsets; empty for a sound file
 */
public record CaptureReport(long packets, List<String> warnings) {}

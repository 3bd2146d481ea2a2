package org.hinomi.wire.batch;

import java.util.List;

/**
 * What a batch says of itself.
 *
 * @param sensor the sensor's name
 * @param incarnation the run of its program that observed the minutes
 * @param parts its minutes, in the order of their tuples; none when it only reports
 * @param report how the sensor was when it was sent
 */
public record BatchHeader(String sensor, String incarnation, List<Part> parts, SensorReport report) {}

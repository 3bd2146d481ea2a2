package org.hinomi.kernel.detect;

/**
 * A field of a detector's detections.
 *
 * @param name lower case with underscores
 * @param unit what is counted, or "text", "names", "yes or no", "packets by name"
 * @param meaning one sentence
 */
public record FieldMeaning(String name, String unit, String meaning) {}

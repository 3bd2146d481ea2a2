package org.hinomi.observatory.store.segment;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a segment lies below the log's folder: {@code SENSOR/HOUR/MINUTE-PART.seg}, hour and minute in seconds since
 * 1970-01-01 UTC.
 *
 * @param sensor the sensor's name
 * @param minute start of the minute, seconds since 1970-01-01 UTC
 * @param part number of the part of the minute, from 0
 */
public record SegmentName(String sensor, long minute, int part) {
    static final String SUFFIX = ".seg";
    private static final Pattern FILE = Pattern.compile("(-?[0-9]{1,18})-([0-9]{1,9})\\.seg");
    private static final int HOUR = 3600;

    /** Start of the hour, seconds since 1970-01-01 UTC. */
    public long hour() {
        return Math.floorDiv(minute, HOUR) * HOUR;
    }

    /** The path below the log's folder. */
    public Path path() {
        return Path.of(sensor, Long.toString(hour()), String.format(Locale.ROOT, "%d-%04d%s", minute, part, SUFFIX));
    }

    /** The name that a path below the log's folder has; empty for other files. */
    public static Optional<SegmentName> of(Path relative) {
        Matcher file = FILE.matcher(relative.getFileName().toString());
        if (relative.getNameCount() != 3 || !file.matches()) {
            return Optional.empty();
        }
        return Optional.of(new SegmentName(
                relative.getName(0).toString(), Long.parseLong(file.group(1)), Integer.parseInt(file.group(2))));
    }

    @Override
    public String toString() {
        return path().toString();
    }
}

package org.hinomi.kernel.detect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Something that a detector found, or more about it. Detections with the same id are the same thing at different
 * times: the one with the highest revision counts.
 *
 * @param id 32 hexadecimal digits derived from detector, stream, key and start; see {@link #idOf}
 * @param revision 0 for the first, then growing by 1
 * @param detector id of the detector
 * @param version version of the detector
 * @param stream the sensor or recording
 * @param key what it is about, as text, at most {@link #LONGEST_KEY} characters
 * @param first start of the first minute, seconds since 1970-01-01 UTC
 * @param last end of the last minute so far, seconds since 1970-01-01 UTC
 * @param reported event time at which this revision was made, seconds since 1970-01-01 UTC
 * @param ended whether nothing more is expected
 * @param fields what is known, by the detector's {@link Declaration#fields}
 */
public record Detection(
        String id,
        int revision,
        String detector,
        int version,
        String stream,
        String key,
        long first,
        long last,
        long reported,
        boolean ended,
        List<Field> fields) {
    /** The most characters of a key. */
    public static final int LONGEST_KEY = 128;

    /** The most fields. */
    public static final int MOST_FIELDS = 32;

    private static final int ID_DIGITS = 32;

    /** Checks the bounds. */
    public Detection {
        fields = List.copyOf(fields);
        if (id.length() != ID_DIGITS || key.length() > LONGEST_KEY || fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException("detection " + id + " of " + detector + " is out of bounds");
        }
        if (last < first || revision < 0) {
            throw new IllegalArgumentException("detection " + id + " of " + detector + " ends before it begins");
        }
    }

    /** A named value. */
    public record Field(String name, FieldValue value) {}

    /** The id of what a detector finds about a key from a minute on: the same wherever and whenever it is found. */
    public static String idOf(String detector, String stream, String key, long first) {
        String name = detector + '\n' + stream + '\n' + key + '\n' + first;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** The value of a field. */
    public Optional<FieldValue> field(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst();
    }

    /** All of it in one line, the same for the same detection: for baselines and comparisons. */
    public String line() {
        StringBuilder line = new StringBuilder(256);
        line.append(id)
                .append(' ')
                .append(revision)
                .append(' ')
                .append(detector)
                .append('/');
        line.append(version)
                .append(' ')
                .append(stream)
                .append(" [")
                .append(key)
                .append("] ")
                .append(first);
        line.append("..").append(last).append(" @").append(reported).append(ended ? " ended" : " open");
        for (Field field : fields) {
            line.append(' ')
                    .append(field.name())
                    .append('=')
                    .append(field.value().text());
        }
        return line.toString();
    }
}

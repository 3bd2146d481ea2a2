package org.hinomi.observatory.store.backup;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.hinomi.observatory.store.segment.Bookmark;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.store.warehouse.ArchiveFolder;

/** Which names a backup may hold, and how large those of known size can be. What is not listed here is refused. */
final class EntryName {
    /** The first entry: what made the backup, and the layout of the data. */
    static final String HEAD = "hinomi-backup.txt";

    /** The last entry: the SHA-256 of every other, as {@code sha256sum} writes it. */
    static final String SUMS = "SHA256SUMS";

    static final String VERSION = "version";
    static final String CONTROL = "control.sqlite";
    static final String PSEUDONYM_KEY = "pseudonym.key";
    static final String SEGMENTS = "segments";
    static final String ARCHIVE = "archive";

    private static final long LARGEST_TEXT = 4096;
    private static final Map<String, Long> SINGLE =
            Map.of(VERSION, LARGEST_TEXT, PSEUDONYM_KEY, LARGEST_TEXT, CONTROL, Long.MAX_VALUE);
    private static final String SENSOR = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private EntryName() {}

    /** Whether a backup may hold a file of this name and size between its first and its last entry. */
    static boolean allows(String name, long size) {
        Long most = SINGLE.get(name);
        return most != null
                ? size <= most
                : segment(name) || archived(name) || bookmark(name) && size <= Bookmark.LARGEST;
    }

    static boolean head(String name, long size) {
        return name.equals(HEAD) && size <= LARGEST_TEXT;
    }

    static boolean segment(String name) {
        return below(
                SEGMENTS,
                name,
                path -> SegmentName.of(path)
                        .filter(found -> found.path().equals(path))
                        .map(SegmentName::sensor)
                        .orElse(""));
    }

    private static boolean bookmark(String name) {
        return below(
                SEGMENTS,
                name,
                path -> path.getNameCount() == 2 && path.getName(1).toString().equals(Bookmark.FILE)
                        ? path.getName(0).toString()
                        : "");
    }

    static boolean archived(String name) {
        return below(
                ARCHIVE,
                name,
                path -> ArchiveFolder.hour(path).map(ArchiveFolder.Hour::sensor).orElse(""));
    }

    /** Whether a name lies in a folder, by the sensor that a path below that folder belongs to. */
    private static boolean below(String folder, String name, java.util.function.Function<Path, String> sensor) {
        if (!name.startsWith(folder + "/") || name.contains("//") || name.endsWith("/")) {
            return false;
        }
        try {
            return sensor.apply(Path.of(name.substring(folder.length() + 1))).matches(SENSOR);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A name from outside as it may be shown. */
    static String shown(String name) {
        String clean = name.replaceAll("[^ -~]", "?");
        return clean.length() <= 120
                ? "'" + clean + "'"
                : String.format(Locale.ROOT, "'%s…' (%d characters)", clean.substring(0, 120), name.length());
    }
}

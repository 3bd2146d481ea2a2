package org.hinomi.observatory.store.backup;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hinomi.observatory.store.DataDirectory;

/**
 * What the first entry of a backup tells.
 *
 * @param format of the backup itself
 * @param layout of the data directory that it holds
 * @param program the release that wrote it
 */
record BackupHead(int format, int layout, String program) {
    static final int FORMAT = 1;

    private static final Pattern TEXT =
            Pattern.compile("hinomi backup ([0-9]{1,6})\nlayout ([0-9]{1,6})\nprogram ([ -~]{1,200})\n");

    String text() {
        return "hinomi backup " + format + "\nlayout " + layout + "\nprogram " + program + "\n";
    }

    /** Reads it, and refuses what only a newer release understands. */
    static BackupHead of(String text) throws IOException {
        // A newer format may say more, but it says its number first.
        Matcher first = Pattern.compile("hinomi backup ([0-9]{1,6})\n").matcher(text);
        Matcher whole = TEXT.matcher(text);
        boolean newer = first.lookingAt() && Integer.parseInt(first.group(1)) > FORMAT;
        if (!newer && !whole.matches()) {
            throw new IOException("its first entry does not tell what it is a backup of");
        }
        if (newer || Integer.parseInt(whole.group(2)) > DataDirectory.VERSION) {
            throw new IOException("it was written by a newer hinomi; restore it with that release");
        }
        return new BackupHead(Integer.parseInt(whole.group(1)), Integer.parseInt(whole.group(2)), whole.group(3));
    }
}

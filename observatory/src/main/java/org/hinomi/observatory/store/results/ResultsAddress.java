package org.hinomi.observatory.store.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hinomi.observatory.store.DataDirectory;

/**
 * Where a cluster's results are, and as whom they are read.
 *
 * @param url a JDBC address of PostgreSQL, without a password
 * @param user the database user; empty for the one that the address or the system names
 * @param passwordFile a file that holds the user's password and nothing else
 */
public record ResultsAddress(String url, Optional<String> user, Optional<Path> passwordFile) {
    private static final String SCHEME = "jdbc:postgresql:";
    private static final long LARGEST_PASSWORD = 4096;

    /** Checks the address; a sentence in an IllegalArgumentException when it can't be used. */
    public ResultsAddress {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException(
                    "'" + url + "' is not an address such as jdbc:postgresql://127.0.0.1/hinomi");
        }
        if (url.matches("(?i).*[?&](ssl)?password=.*")) {
            throw new IllegalArgumentException("a password does not belong into an address; name a password_file");
        }
    }

    /**
     * The password, read anew each time so that it can be changed; empty without a file.
     *
     * @throws ResultsException when the file can't be used
     */
    public Optional<String> password() {
        if (passwordFile.isEmpty()) {
            return Optional.empty();
        }
        Path file = passwordFile.get();
        try {
            if (Files.size(file) > LARGEST_PASSWORD) {
                throw new ResultsException(file + " is too large for a file that holds a password");
            }
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new ResultsException(file + " is empty; it holds the password of the database user");
            }
            return Optional.of(text);
        } catch (IOException e) {
            throw new ResultsException("the password file " + file + " can't be read: " + DataDirectory.reason(e), e);
        }
    }

    /** The address as people may see it: without parameters. */
    public String shown() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}

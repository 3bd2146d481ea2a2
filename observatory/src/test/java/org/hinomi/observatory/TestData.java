package org.hinomi.observatory;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where the public test data lies: {@code HINOMI_TEST_DATA}, or {@code shared/data} beside the project. */
public final class TestData {
    private TestData() {}

    /** A folder of the test data; skips the test, loudly, when it is not there. */
    public static Path folder(String name) {
        String named = System.getenv("HINOMI_TEST_DATA");
        if (named != null) {
            return present(Path.of(named, name));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolve("shared/data").resolve(name);
            if (Files.isDirectory(beside)) {
                return beside;
            }
        }
        return present(Path.of("shared/data", name));
    }

    private static Path present(Path folder) {
        if (!Files.isDirectory(folder)) {
            System.err.println("SKIPPED: no test data at " + folder + "; set HINOMI_TEST_DATA");
            Assumptions.abort("no test data at " + folder);
        }
        return folder;
    }
}

package org.hinomi.observatory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.hinomi.kernel.address.Origin;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.respond.constituent.Registry;
import org.hinomi.observatory.respond.constituent.RowNote;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.control.ControlStore;

/** The organisations of a tower: those in its database, and those of a file that its settings name. */
final class Constituents {
    private Constituents() {}

    /** Whether the file of the settings can be used as it stands, before anything is changed. */
    static void check(RunSettings settings, InstantSource clock) {
        settings.organisations().ifPresent(file -> refuse(file, Registry.check(bytes(file), json(file), clock)));
    }

    /** The registry, with what the file says in the place of what was registered under the same ids. */
    static Registry open(RunSettings settings, ControlStore control, Origin origin, InstantSource clock) {
        Registry registry = new Registry(control.jdbi(), origin, clock);
        settings.organisations()
                .ifPresent(file ->
                        refuse(file, registry.take(bytes(file), json(file), file.getFileName() + " at the start")));
        return registry;
    }

    private static boolean json(Path file) {
        return file.toString().endsWith(".json");
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > Registry.MOST_BYTES) {
                throw new Failure(file + " is larger than 8 MiB; give organisations in fewer rows");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Failure("the organisations in " + file + " can't be read: " + DataDirectory.reason(e));
        }
    }

    private static void refuse(Path file, List<RowNote> errors) {
        if (!errors.isEmpty()) {
            RowNote first = errors.getFirst();
            String more = errors.size() == 1 ? "" : " Errors in all: " + errors.size() + ".";
            String column = first.column() == null ? "" : ", " + first.column();
            throw new Failure(file + ", line " + first.line() + column + ": " + first.reason() + " "
                    + (first.remedy() == null ? "" : first.remedy()) + more);
        }
    }
}

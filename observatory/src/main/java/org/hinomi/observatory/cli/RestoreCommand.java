package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.backup.BackupContents;
import org.hinomi.observatory.store.backup.Restore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi restore}: brings a backup back into an empty data directory. */
@Command(
        name = "restore",
        description = "Bring a backup back into a data directory that is empty or does not exist.",
        footer = "%nAll of the backup is checked before anything is written; what is damaged is not restored.")
public final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The backup.")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory. Default: HINOMI_DATA, else ./data.")
    @Nullable
    Path data;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
        Path into = DataFolder.of(data, System.getenv());
        Restore restore = new Restore(file);
        BackupContents contents;
        try (Progress progress = Progress.of("Restoring", 2 * file.toFile().length())) {
            long[] checked = {0};
            var shown = progress.from();
            contents = restore.into(
                    into,
                    done -> {
                        checked[0] = done;
                        shown.accept(done);
                    },
                    done -> shown.accept(checked[0] + done));
        } catch (StoreException e) {
            throw new Failure(e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Restored into " + into + ": " + BackupVerifyCommand.told(contents));
        out.println("Next: 'hinomi run --data " + into
                + "'. The first start makes the query database again, and fetches geolocation data.");
        out.flush();
        return 0;
    }
}

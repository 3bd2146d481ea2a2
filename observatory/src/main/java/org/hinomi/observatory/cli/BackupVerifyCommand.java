package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.backup.BackupContents;
import org.hinomi.observatory.store.backup.Restore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hinomi backup verify}: reads a backup and compares every checksum. */
@Command(name = "verify", description = "Check a backup from its first byte to its last; nothing is written.")
final class BackupVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The backup.")
    @SuppressWarnings("NullAway.Init")
    Path file;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
        Restore restore = new Restore(file);
        try (Progress progress = Progress.of("Checking", file.toFile().length())) {
            BackupContents contents = restore.check(progress.from());
            PrintWriter out = spec.commandLine().getOut();
            out.println(file + " is whole and can be restored: " + told(contents));
            out.flush();
            return 0;
        } catch (StoreException e) {
            throw new Failure(e);
        }
    }

    /** What a backup holds, as a sentence. */
    static String told(BackupContents contents) {
        return String.format(
                Locale.ROOT,
                "%s, %,d archived hours and %,d newer minutes in %s, by hinomi %s.",
                contents.control() ? "accounts and ledger" : "no control database",
                contents.archivedHours(),
                contents.segments(),
                ByteCount.text(contents.bytes()),
                contents.program());
    }
}

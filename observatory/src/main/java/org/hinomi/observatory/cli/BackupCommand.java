package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.backup.Backup;
import org.hinomi.observatory.store.backup.BackupContents;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hinomi backup}: writes one file that holds what can't be made again. */
@Command(
        name = "backup",
        subcommands = BackupVerifyCommand.class,
        description = "Write a backup of a data directory into one file, also while the tower runs.",
        footer = "%nExamples:%n  hinomi backup --data /var/lib/hinomi --to /mnt/hinomi.tar.zst%n"
                + "  hinomi backup verify /mnt/hinomi.tar.zst%n"
                + "  hinomi restore /mnt/hinomi.tar.zst --data /var/lib/hinomi%n"
                + "%nIt holds passwords' hashes, the pseudonym key and dark addresses: keep it as the original.")
public final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'hinomi-'yyyyMMdd'T'HHmmss'Z.tar.zst'").withZone(ZoneOffset.UTC);

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory. Default: HINOMI_DATA, else ./data.")
    @Nullable
    Path data;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "The file to write, .tar.zst or .tar.gz. Default: hinomi-TIME.tar.zst here.")
    @Nullable
    Path to;

    @Option(names = "--force", description = "Write over a file of that name.")
    boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
        Path from = DataFolder.of(data, System.getenv());
        Path target = to == null ? Path.of(NAME.format(InstantSource.system().instant())) : to;
        Backup backup;
        try {
            backup = new Backup(from, target, force);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        Progress[] bar = new Progress[1];
        BackupContents contents;
        try {
            contents = backup.write(Version.text(), bytes -> {
                bar[0] = Progress.of("Backing up", bytes);
                return bar[0].from();
            });
        } catch (StoreException e) {
            throw new Failure(e);
        } finally {
            if (bar[0] != null) {
                bar[0].close();
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Wrote " + target + ", " + ByteCount.text(target.toFile().length()) + ": "
                + BackupVerifyCommand.told(contents)
                + " Not in it: the query database and the geolocation table, which are made again.");
        out.flush();
        return 0;
    }
}

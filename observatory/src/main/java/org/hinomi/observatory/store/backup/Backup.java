package org.hinomi.observatory.store.backup;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.control.ControlStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a backup of a data directory, whether a tower runs on it or not: a tar archive, compressed with zstd or gzip.
 * It takes no lock and changes nothing. In it are the control database as of one moment, the pseudonym key, and every
 * minute that was closed when it began, each once, as segments or in the archive. Query database and geolocation table
 * are made again and left out. The last entry lists the SHA-256 of all others.
 */
public final class Backup {
    private static final String UNFINISHED = ".part";
    private static final int BUFFER = 1 << 16;

    private final Path data;
    private final Path target;
    private final Packing packing;
    private final boolean replace;

    /**
     * A backup to be written.
     *
     * @param target ends with {@code .tar.zst}, {@code .tar.gz} or {@code .tgz}
     * @param replace whether a file of that name may be written over
     * @throws IllegalArgumentException with a sentence when the name ends in another way
     */
    public Backup(Path data, Path target, boolean replace) {
        this.data = data;
        this.target = target;
        this.replace = replace;
        this.packing = Packing.ofName(target.toString())
                .orElseThrow(() -> new IllegalArgumentException(
                        "the name of a backup ends with .tar.zst or .tar.gz, unlike " + target));
    }

    /**
     * Writes it: wholly, or not at all.
     *
     * @param program the release that writes it
     * @param progress makes what takes the bytes done, from how many there are
     * @throws StoreException with one sentence when it can't be written
     */
    public BackupContents write(String program, LongFunction<LongConsumer> progress) {
        try {
            int layout = DataDirectory.layout(data);
            Path folder = checkedFolder();
            Path unfinished = beside(UNFINISHED);
            Path control = beside(".control" + UNFINISHED);
            try {
                create(control);
                create(unfinished);
                boolean hasControl = ControlStore.copy(data, control);
                BackupHead head = new BackupHead(BackupHead.FORMAT, layout, program);
                BackupContents contents = write(unfinished, head, hasControl ? control : null, progress);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
                force(folder);
                return contents;
            } finally {
                Files.deleteIfExists(control);
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw new StoreException(
                    "the backup " + target + " can't be written (" + DataDirectory.reason(e)
                            + "); make room, or name another place with --to",
                    e);
        } catch (ControlStoreException e) {
            throw new StoreException("the backup " + target + " can't be written: " + e.getMessage(), e);
        }
    }

    private BackupContents write(
            Path unfinished, BackupHead head, @Nullable Path control, LongFunction<LongConsumer> progress)
            throws IOException {
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(packing.pack(new Uncloseable(channel)), BUFFER);
            BackupContents contents = new Copying(data, out, progress).run(head, control);
            channel.force(true);
            return contents;
        }
    }

    /** Keeps the channel open when what packs into it is closed, so that the file can be forced to disk. */
    private static final class Uncloseable extends FilterOutputStream {
        Uncloseable(FileChannel channel) {
            super(Channels.newOutputStream(channel));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    private Path checkedFolder() throws IOException {
        if (!replace && Files.exists(target)) {
            throw new StoreException(target + " is there already; name another file with --to, or give --force");
        }
        if (Files.isDirectory(target)) {
            throw new StoreException(target + " is a directory; name a file with --to");
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreException("there is no directory " + folder + " for the backup; make it, or name another");
        }
        if (folder.toRealPath().startsWith(data.toRealPath())) {
            throw new StoreException("the backup " + target + " would lie within the data directory " + data
                    + " and be lost with it; name another place with --to");
        }
        return folder;
    }

    private Path beside(String suffix) {
        return target.resolveSibling(target.getFileName() + suffix);
    }

    /** A new file that only its owner reads; it goes when the program is interrupted. */
    private static void create(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        file.toFile().deleteOnExit();
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

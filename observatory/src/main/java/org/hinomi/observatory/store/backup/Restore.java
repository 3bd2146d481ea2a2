package org.hinomi.observatory.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.control.ControlStoreException;

/**
 * Checks a backup, and brings it back into a missing or empty directory. It is read twice: first all of it is checked
 * and nothing written; then it is unpacked beside its place, checked again, and given its names.
 */
public final class Restore {
    private static final List<String> TOP = List.of(
            EntryName.ARCHIVE, EntryName.SEGMENTS, EntryName.PSEUDONYM_KEY, EntryName.CONTROL, EntryName.VERSION);

    private final Path file;

    /** The restoring of a backup file. */
    public Restore(Path file) {
        this.file = file;
    }

    /** Size of the backup in bytes; each reading of it goes through them once. */
    public long bytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads all of it and compares every checksum; writes nothing.
     *
     * @throws StoreException with one sentence that names the entry and what is wrong
     */
    public BackupContents check(LongConsumer progress) {
        return read(BackupReader::check, progress);
    }

    private BackupContents read(BackupReader.Taker taker, LongConsumer progress) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException(file + (Files.exists(file) ? " is not a file" : " does not exist"));
        }
        try (InputStream readable = Files.newInputStream(file)) {
            Objects.requireNonNull(readable);
        } catch (IOException e) {
            throw unreadable(e);
        }
        try {
            return new BackupReader(file, progress).read(taker);
        } catch (IOException e) {
            throw new StoreException(file + " can't be restored: " + DataDirectory.reason(e), e);
        }
    }

    private StoreException unreadable(IOException e) {
        return new StoreException(file + " can't be read: " + DataDirectory.reason(e), e);
    }

    /**
     * Brings it back.
     *
     * @param checking takes the bytes read at the first reading
     * @param unpacking takes those of the second
     * @throws StoreException with one sentence when it can't; the directory is then as it was
     */
    public BackupContents into(Path data, LongConsumer checking, LongConsumer unpacking) {
        empty(data);
        BackupContents contents = check(checking);
        boolean made = !Files.exists(data);
        try (DataDirectory held = DataDirectory.claim(data)) {
            Path staging = held.path().resolve(DataDirectory.RESTORING);
            try {
                room(data, contents);
                Files.createDirectory(staging, PosixFilePermissions.asFileAttribute(owner("rwx------")));
                read((name, content) -> unpack(staging.resolve(name), content), unpacking);
                if (contents.control()) {
                    ControlStore.check(staging.resolve(EntryName.CONTROL));
                }
                settle(staging, data);
            } catch (IOException | ControlStoreException | StoreException e) {
                cleared(data, staging, made);
                throw e instanceof StoreException told ? told : failed(data, e);
            }
        }
        return contents;
    }

    private static StoreException failed(Path data, Exception e) {
        String why = e instanceof IOException io ? DataDirectory.reason(io) : String.valueOf(e.getMessage());
        return new StoreException("the backup can't be restored into " + data + ": " + why, e);
    }

    private static void empty(Path data) {
        if (!Files.exists(data, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.list(data)) {
            List<String> found = files.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> !name.equals(DataDirectory.LOCK) && !name.equals("lost+found"))
                    .sorted()
                    .toList();
            if (!found.isEmpty()) {
                throw new StoreException(data + " is not empty (it holds " + found.getFirst()
                        + "); restore into a directory that is empty or does not exist, with --data");
            }
        } catch (IOException e) {
            throw new StoreException(
                    data + " can't be used: " + DataDirectory.reason(e) + "; restore into a directory, with --data", e);
        }
    }

    private static void room(Path data, BackupContents contents) throws IOException {
        FileStore store = Files.getFileStore(data);
        if (store.getUsableSpace() < contents.bytes()) {
            throw new StoreException(
                    "the backup needs " + contents.bytes() + " bytes, and where " + data + " lies there are "
                            + store.getUsableSpace() + " left; make room, or name another directory with --data");
        }
    }

    private static java.util.Set<java.nio.file.attribute.PosixFilePermission> owner(String permissions) {
        return PosixFilePermissions.fromString(permissions);
    }

    private static void unpack(Path target, InputStream content) throws IOException {
        Files.createDirectories(
                Objects.requireNonNull(target.getParent()), PosixFilePermissions.asFileAttribute(owner("rwx------")));
        Files.createFile(target, PosixFilePermissions.asFileAttribute(owner("rw-------")));
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            content.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    /** Gives everything its name. The layout's version comes last; until then a start refuses the directory. */
    private static void settle(Path staging, Path data) throws IOException {
        try (Stream<Path> folders = Files.walk(staging)) {
            for (Path folder : folders.filter(Files::isDirectory).toList()) {
                force(folder);
            }
        }
        for (String name : TOP) {
            Path file = staging.resolve(name);
            if (Files.exists(file)) {
                Files.move(file, data.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        force(data);
        remove(staging);
        force(data);
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void cleared(Path data, Path staging, boolean made) {
        try {
            for (String name : TOP) {
                remove(data.resolve(name));
            }
            remove(staging);
            Files.deleteIfExists(data.resolve(DataDirectory.LOCK));
            if (made) {
                Files.deleteIfExists(data);
            }
        } catch (IOException e) {
            throw new StoreException(
                    data + " holds a part of a backup that can't be removed (" + DataDirectory.reason(e)
                            + "); remove it by hand",
                    e);
        }
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

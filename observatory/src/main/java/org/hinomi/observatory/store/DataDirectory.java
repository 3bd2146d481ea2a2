package org.hinomi.observatory.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The data directory, held by one process at a time. */
public final class DataDirectory implements AutoCloseable {
    private static final int VERSION = 1;

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Makes the directory if need be and takes it for this process.
     *
     * @throws StoreException when it can't be written, is held by another process or was written by a newer release
     */
    public static DataDirectory open(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel channel = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StoreException(
                        "the data directory " + path
                                + " is in use by another hinomi; stop that one, or give this one another directory with --data");
            }
            try {
                checkVersion(path.resolve("version"));
            } catch (IOException | StoreException e) {
                channel.close();
                throw e;
            }
            return new DataDirectory(path, channel, lock);
        } catch (IOException e) {
            throw new StoreException(
                    "the data directory " + path + " can't be written (" + reason(e)
                            + "); give it to this user, or choose another with --data",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void checkVersion(Path file) throws IOException {
        if (!Files.exists(file)) {
            Path unfinished = file.resolveSibling("version.part");
            Files.writeString(unfinished, VERSION + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9]{1,6}")) {
            throw new StoreException(file + " is damaged; restore a backup, or write the number " + VERSION
                    + " into it if this release made the directory");
        }
        if (Integer.parseInt(text) > VERSION) {
            throw new StoreException(file.getParent() + " was written by a newer hinomi (layout " + text
                    + ", this one knows " + VERSION + "); start the newer release, or restore a backup of this one's");
        }
    }

    /** What a failed file operation says, in words and without the name of the file it was told to work on. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "no permission";
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException taken -> taken.getFile() + " is in the way";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            case MalformedInputException binary -> "it is not a text file";
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new StoreException("the lock of " + path + " can't be released: " + e.getMessage(), e);
        }
    }
}

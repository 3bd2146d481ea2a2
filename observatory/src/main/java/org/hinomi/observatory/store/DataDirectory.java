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
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** The data directory, held by one process at a time. */
public final class DataDirectory implements AutoCloseable {
    /** The layout that this release writes. */
    public static final int VERSION = 1;

    /** The file that holds the lock. */
    public static final String LOCK = "lock";

    /** Where a backup that is being restored lies until all of it is there. */
    public static final String RESTORING = "restoring.part";

    private static final String LAYOUT = "version";

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
        DataDirectory claimed = claim(path);
        try {
            if (Files.exists(path.resolve(RESTORING))) {
                throw new StoreException("a backup was not wholly restored into " + path
                        + "; remove what is in that directory, and restore again");
            }
            checkVersion(path.resolve(LAYOUT));
            return claimed;
        } catch (IOException e) {
            claimed.close();
            throw unwritable(path, e);
        } catch (StoreException e) {
            claimed.close();
            throw e;
        }
    }

    /**
     * Makes the directory if need be and takes it for this process, whatever is in it.
     *
     * @throws StoreException when it can't be written or is held by another process
     */
    public static DataDirectory claim(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StoreException(
                        "the data directory " + path
                                + " is in use by another hinomi; stop that one, or give this one another directory with --data");
            }
            return new DataDirectory(path, channel, lock);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static StoreException unwritable(Path path, IOException e) {
        return new StoreException(
                "the data directory " + path + " can't be written (" + reason(e)
                        + "); give it to this user, or choose another with --data",
                e);
    }

    /**
     * The layout of a data directory, which may be in use.
     *
     * @throws StoreException when it is none, or of a newer release
     */
    public static int layout(Path path) {
        Path file = path.resolve(LAYOUT);
        if (!Files.isDirectory(path)) {
            throw new StoreException("there is no data directory " + path + "; name it with --data");
        }
        try {
            if (!Files.exists(file)) {
                throw new StoreException(path + " is not a data directory of hinomi: it has no file '" + LAYOUT
                        + "'; name the right one with --data");
            }
            return layoutIn(file);
        } catch (IOException e) {
            throw new StoreException("the data directory " + path + " can't be read (" + reason(e) + ")", e);
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
        layoutIn(file);
    }

    private static int layoutIn(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9]{1,6}")) {
            throw new StoreException(file + " is damaged; restore a backup, or write the number " + VERSION
                    + " into it if this release made the directory");
        }
        int layout = Integer.parseInt(text);
        if (layout > VERSION) {
            throw new StoreException(file.getParent() + " was written by a newer hinomi (layout " + text
                    + ", this one knows " + VERSION + "); start the newer release, or restore a backup of this one's");
        }
        return layout;
    }

    /** What a failed file operation says, in words and without the name of the file it was told to work on. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "no permission";
            case NotDirectoryException file -> "it is not a directory";
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

package org.hinomi.observatory.label;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.research.ResearchMatch;
import org.hinomi.kernel.research.ResearchTable;
import org.hinomi.kernel.research.ResearchTable.Entry;
import org.hinomi.kernel.research.Researchers;
import org.hinomi.observatory.label.ResearchCheck.Checked;
import org.hinomi.observatory.store.DataDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The researchers of an operator's file, read again when it changes. A file that can't be used at the start is refused;
 * one that can't be used later is told once, and what was known before stays in effect.
 */
public final class ResearchList implements Researchers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResearchList.class);
    private static final long LARGEST_LIST = 1 << 20;
    private static final long LARGEST_NAMES = 16 << 20;
    private static final long LOOK_SECONDS = 2;

    private final Optional<Path> file;
    private final Optional<Path> names;
    private final InstantSource clock;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("researchers").daemon().factory());
    private volatile Known known;
    private volatile String trouble = "";
    private List<Stamp> seen;

    /** When and how large a file was. */
    private record Stamp(@Nullable FileTime changed, long size) {}

    /**
     * What is in effect.
     *
     * @param loaded since when; empty when there is no file
     */
    record Known(List<Entry> entries, ResearchTable table, Optional<Instant> loaded) {}

    /**
     * Reads the files.
     *
     * @param file YAML or CSV file of researchers
     * @param names CSV file of reverse names by address
     * @throws ResearchException when one of them can't be used
     */
    public ResearchList(Optional<Path> file, Optional<Path> names, InstantSource clock) {
        this.file = file;
        this.names = names;
        this.clock = clock;
        this.seen = stamps();
        this.known = read();
    }

    /** Begins to watch the files. */
    public void start() {
        if (file.isPresent()) {
            watch.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public @Nullable ResearchMatch at(long hi, long lo) {
        return known.table().at(hi, lo);
    }

    Known known() {
        return known;
    }

    /** Why the newest version of a file is not in effect, as a sentence; empty when it is. */
    public String trouble() {
        return trouble;
    }

    private void look() {
        List<Stamp> now = stamps();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            known = read();
            trouble = "";
            LOG.info(
                    "{} research scanners are known from now on.",
                    known.entries().size());
        } catch (ResearchException e) {
            trouble = String.valueOf(e.getMessage());
            LOG.warn("{} The list of before stays in effect.", trouble);
        }
    }

    private List<Stamp> stamps() {
        List<Stamp> stamps = new ArrayList<>();
        file.ifPresent(path -> stamps.add(stamp(path)));
        names.ifPresent(path -> stamps.add(stamp(path)));
        return stamps;
    }

    private static Stamp stamp(Path path) {
        try {
            return new Stamp(Files.getLastModifiedTime(path), Files.size(path));
        } catch (IOException e) {
            return new Stamp(null, 0);
        }
    }

    private Known read() {
        if (file.isEmpty()) {
            return new Known(List.of(), ResearchTable.EMPTY, Optional.empty());
        }
        Path path = file.get();
        String text = text(path, LARGEST_LIST);
        Checked checked = ResearchCheck.check(
                path.toString().endsWith(".csv") ? ResearchCsv.read(text) : ResearchYaml.read(text));
        refuse(path, checked.errors());
        ReverseNames read =
                names.map(each -> ReverseNames.read(text(each, LARGEST_NAMES))).orElse(ReverseNames.NONE);
        names.ifPresent(each -> refuse(each, read.errors()));
        return new Known(checked.entries(), ResearchCheck.table(checked, read), Optional.of(clock.instant()));
    }

    private static void refuse(Path path, List<FileNote> errors) {
        if (!errors.isEmpty()) {
            String more = errors.size() == 1 ? "" : " Errors in all: " + errors.size() + ".";
            throw new ResearchException(errors.getFirst().text(path.toString()) + more);
        }
    }

    private static String text(Path path, long largest) {
        try {
            if (Files.size(path) > largest) {
                throw new ResearchException(
                        path + " is larger than " + (largest >> 20) + " MiB; leave out what you do not need.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ResearchException(path + " is not UTF-8; save it in UTF-8.");
        } catch (IOException e) {
            throw new ResearchException(path + " can't be read: " + DataDirectory.reason(e) + ". Make it readable, or"
                    + " take it out of the configuration.");
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}

package org.hinomi.observatory.store.results;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hinomi.observatory.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a cluster's results as they come, page by page, and hands them to the feeds that store them. What can't be read
 * or stored now is tried again after a pause that grows to a minute; everything else of the tower goes on meanwhile.
 */
public final class Follower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final long SHORT_PAUSE_MILLIS = 200;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ResultsAddress address;
    private final long everyMillis;
    private final InstantSource clock;
    private final List<Followed> followed = new ArrayList<>();
    private final Map<ResultsTable, AtomicLong> rows = new EnumMap<>(ResultsTable.class);
    private final Thread thread = Thread.ofPlatform().name("cluster").daemon().unstarted(this::work);
    private final Object bell = new Object();
    private @Nullable volatile ResultsReader database;
    private volatile boolean closing;
    private volatile String trouble = "";
    private volatile @Nullable Instant caughtUp;

    /** A table on its way into its feed. */
    private static final class Followed {
        final Feed feed;
        Horizon horizon;
        String source = "";
        long offset;
        boolean behind;
        long waitsSince;

        Followed(Feed feed) {
            this.feed = feed;
            this.horizon = new Horizon(feed.table());
        }
    }

    /** A follower that does not run yet. */
    public Follower(ResultsAddress address, Duration every, InstantSource clock, List<Feed> feeds) {
        this.address = address;
        this.everyMillis = every.toMillis();
        this.clock = clock;
        for (Feed feed : feeds) {
            followed.add(new Followed(feed));
            rows.put(feed.table(), new AtomicLong());
        }
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    private void work() {
        long pause = FIRST_PAUSE_MILLIS;
        while (!closing) {
            try {
                boolean more = round();
                pause = FIRST_PAUSE_MILLIS;
                await(more ? SHORT_PAUSE_MILLIS : everyMillis);
            } catch (ResultsException | StoreException e) {
                troubled(String.valueOf(e.getMessage()));
                leave();
                await(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            } catch (RuntimeException e) {
                LOG.error("the cluster's results can't be taken: a mistake in the program", e);
                trouble = "the cluster's results can't be taken: a mistake in the program, see the log";
                leave();
                await(LONGEST_PAUSE_MILLIS);
            }
        }
        leave();
    }

    /** Reads all there is; whether there will be more in a moment. */
    private boolean round() {
        ResultsReader open = connected();
        boolean waits = false;
        boolean progress = true;
        while (progress && !closing) {
            progress = false;
            for (Followed each : followed) {
                progress |= page(open, each);
            }
        }
        String stuck = "";
        for (Followed each : followed) {
            waits |= each.horizon.waits();
            stuck = each.horizon.waits() && System.nanoTime() - each.waitsSince > PATIENCE_NANOS
                    ? "a transaction writes " + each.feed.table().sqlName() + " at " + address.shown()
                            + " for more than a minute, and later results wait for its end; end it if it is stuck"
                    : stuck;
        }
        if (!waits) {
            caughtUp = clock.instant();
        }
        if (stuck.isEmpty()) {
            well();
        } else {
            troubled(stuck);
        }
        return waits;
    }

    private boolean page(ResultsReader open, Followed of) {
        if (!of.behind) {
            recognise(open, of);
            boolean waited = of.horizon.waits();
            long upTo = of.horizon.look(open);
            of.waitsSince = waited ? of.waitsSince : System.nanoTime();
            if (!of.horizon.waits() && upTo < of.offset) {
                LOG.info(
                        "{} at {} begins anew: it is read from its start",
                        of.feed.table().sqlName(),
                        address.shown());
                of.feed.restart(of.source);
                of.offset = 0;
            }
        }
        long upTo = of.horizon.reached();
        if (of.offset >= upTo) {
            of.behind = false;
            return false;
        }
        Feed.Taken taken = of.feed.take(open, of.source, of.offset, upTo);
        Objects.requireNonNull(rows.get(of.feed.table())).addAndGet(taken.rows());
        of.offset = taken.rows() == 0 ? upTo : taken.offset();
        of.behind = of.offset < upTo;
        return true;
    }

    /** Goes on where the feed stands; a table that was made anew in the meantime is another one. */
    private static void recognise(ResultsReader open, Followed of) {
        String source = open.identity(of.feed.table());
        if (!source.equals(of.source)) {
            of.offset = of.feed.offset(source);
            of.source = source;
            of.horizon = new Horizon(of.feed.table());
        }
    }

    private ResultsReader connected() {
        ResultsReader open = database;
        if (open == null) {
            open = ResultsReader.open(address);
            database = open;
            for (Followed each : followed) {
                each.source = "";
                each.behind = false;
            }
            LOG.info("the cluster's results at {} are read", address.shown());
        }
        return open;
    }

    private void leave() {
        ResultsReader open = database;
        database = null;
        if (open != null) {
            open.close();
        }
    }

    private void well() {
        if (!trouble.isEmpty()) {
            trouble = "";
            LOG.info("the cluster's results at {} are taken again", address.shown());
        }
    }

    private void troubled(String why) {
        if (!trouble.equals(why) && !closing) {
            LOG.warn("{}", why);
        }
        trouble = why;
    }

    private void await(long millis) {
        synchronized (bell) {
            try {
                if (!closing) {
                    bell.wait(millis);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closing = true;
            }
        }
    }

    /** What keeps it from reading or storing now, as a sentence; empty when all is well. */
    public String trouble() {
        return trouble;
    }

    /** When it last had read everything there was. */
    public @Nullable Instant caughtUp() {
        return caughtUp;
    }

    /** Rows of a table read since its start, good and bad. */
    public long rows(ResultsTable table) {
        AtomicLong count = rows.get(table);
        return count == null ? 0 : count.get();
    }

    @Override
    public void close() {
        synchronized (bell) {
            closing = true;
            bell.notifyAll();
        }
        try {
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(5))) {
                ResultsReader open = database;
                if (open != null) {
                    open.abort();
                }
                thread.join(Duration.ofSeconds(15));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

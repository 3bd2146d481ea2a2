package org.hinomi.observatory.campaign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.campaign.CampaignReport;
import org.hinomi.kernel.campaign.CampaignSettings;
import org.hinomi.kernel.campaign.Campaigns;
import org.hinomi.kernel.campaign.SourceDay;
import org.hinomi.kernel.campaign.SourceDays;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.observatory.campaign.CampaignStore.Reached;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at each day once it is complete, on a thread of its own that takes half a core at most while it reads. What it
 * remembers is kept together with what it found: a day on which the program ends is looked at again, with the same
 * result.
 */
public final class CampaignStep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignStep.class);
    private static final long IDLE_MILLIS = 2000;
    private static final long PAUSE_MILLIS = 60_000;

    private final Jobs jobs;
    private final CampaignStore store;
    private final DayReader reader;
    private final Supplier<List<Watch>> watches;
    private final Found found;
    /** The day up to which there is nothing left to look at, by watch: what is stored is asked only when that moves. */
    private final Map<String, Long> seen = new HashMap<>();

    private final AtomicLong days = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread = Thread.ofPlatform()
            .name("campaigns")
            .daemon()
            .priority(Thread.MIN_PRIORITY)
            .unstarted(this::work);
    private volatile boolean closing;
    private volatile String trouble = "";

    /**
     * What goes into a day.
     *
     * @param rules the packet rules in lane order
     * @param origin where sources are registered
     */
    public record Jobs(CampaignSettings settings, List<Fingerprint> rules, Origin origin) {}

    /** Is told of a day that was looked at, once it is stored. */
    @FunctionalInterface
    public interface Found {
        void day(Watch watch, LocalDate day, int campaigns);
    }

    /**
     * A step that stands still.
     *
     * @param watches what is watched now, and up to when it is complete
     */
    public CampaignStep(
            Jobs jobs, CampaignStore store, Warehouse warehouse, Supplier<List<Watch>> watches, Found found) {
        this.jobs = jobs;
        this.store = store;
        this.reader = new DayReader(warehouse);
        this.watches = watches;
        this.found = found;
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    private void work() {
        while (!closing) {
            try {
                boolean any = once();
                trouble = "";
                if (!any) {
                    Thread.sleep(IDLE_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (StoreException | JdbiException e) {
                troubled(String.valueOf(e.getMessage()), e);
            } catch (RuntimeException e) {
                troubled("campaigns met a mistake in the program; please report it with this log", e);
            }
        }
    }

    private void troubled(String sentence, RuntimeException e) {
        if (trouble.isEmpty() && !closing) {
            LOG.error("{}", sentence, e instanceof StoreException ? null : e);
        }
        trouble = sentence;
        try {
            Thread.sleep(closing ? 0 : PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            closing = true;
        }
    }

    /** Looks at the next complete day of all that is watched; whether there was one. */
    boolean once() throws InterruptedException {
        boolean any = false;
        for (Watch watch : watches.get()) {
            long complete = Days.of(watch.complete());
            if (closing || Long.valueOf(complete).equals(seen.get(watch.name()))) {
                continue;
            }
            OptionalLong next = reader.next(watch.sensors(), store.lastDay(watch.name()), watch.complete());
            if (next.isPresent()) {
                day(watch, next.getAsLong());
                any = true;
            } else {
                seen.put(watch.name(), complete);
            }
        }
        return any;
    }

    private void day(Watch watch, long day) throws InterruptedException {
        CampaignSettings settings = jobs.settings;
        long begun = System.nanoTime();
        SourceDays building = new SourceDays(day, settings.mostSources(), watch.darkAddresses(), jobs.rules);
        reader.read(watch.sensors(), day, building::add);
        List<SourceDay> sources = building.list(jobs.origin);
        Campaigns campaigns = store.reached(watch.name())
                .flatMap(reached -> remembered(reached, settings))
                .orElseGet(() -> new Campaigns(settings));
        CampaignReport report = campaigns.apply(LocalDate.ofEpochDay(day), sources);
        store.write(watch, report, sources, snapshot(campaigns));
        days.incrementAndGet();
        dropped.addAndGet(building.dropped() + report.dropped());
        if (building.dropped() + report.dropped() > 0) {
            LOG.warn(
                    "campaigns of {} leave {} sources out: there were more than {}, those with the most packets count",
                    report.day(),
                    building.dropped() + report.dropped(),
                    settings.mostSources());
        }
        LOG.debug(
                "campaigns of {} ({}): {} among {} sources, in {} s",
                report.day(),
                watch.name(),
                report.campaigns().size(),
                report.sources(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
        found.day(watch, report.day(), report.campaigns().size());
    }

    private static Optional<Campaigns> remembered(Reached reached, CampaignSettings settings) {
        try {
            return Optional.of(
                    Campaigns.read(new DataInputStream(new ByteArrayInputStream(reached.snapshot())), settings));
        } catch (IOException e) {
            LOG.warn(
                    "campaigns begin anew after {}, what was remembered can't be used: {}",
                    Days.text(reached.day()),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static byte[] snapshot(Campaigns campaigns) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            campaigns.write(new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written to", e);
        }
    }

    /** What keeps it from looking at days now, as a sentence; empty when all is well. */
    public String trouble() {
        return trouble;
    }

    /** Days that were looked at since the start. */
    public long days() {
        return days.get();
    }

    /** Sources that there was no room for. */
    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            if (thread.isAlive()) {
                thread.join(TimeUnit.SECONDS.toMillis(15));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

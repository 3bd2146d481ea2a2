package org.hinomi.observatory.alert.delivery;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.hinomi.observatory.alert.delivery.Channel.Outcome;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.EpochMicros;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers alerts while the program runs: a thread that notes who is to be told, and one for each channel. */
public final class Deliveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final long IDLE_MILLIS = 1000;
    private static final long PAUSE_MILLIS = 5000;

    private final DeliverySettings settings;
    private final InstantSource clock;
    private final DeliveryStore store;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Courier> couriers = new TreeMap<>();
    private volatile boolean closing;

    /** Deliveries that stand still. */
    public Deliveries(DeliverySettings settings, Jdbi jdbi, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.store = new DeliveryStore(jdbi);
    }

    /**
     * Begins to work, where anything is configured.
     *
     * @param console where people reach the console: links lead there
     */
    public void start(URI console) {
        Letter letter = new Letter(console);
        settings.mail().ifPresent(mail -> add("mail", new MailChannel(mail), letter));
        settings.webhook().ifPresent(webhook -> add("webhook", new WebhookChannel(webhook, clock), letter));
        settings.syslog().ifPresent(syslog -> add("syslog", new SyslogChannel(syslog), letter));
        if (!couriers.isEmpty()) {
            run("deliveries", () -> store.dispatch(settings, EpochMicros.of(clock.instant())));
            couriers.forEach((name, courier) -> run("deliver-" + name, courier::once));
        }
    }

    private void add(String name, Channel channel, Letter letter) {
        Courier courier = new Courier(name, channel, store, letter, clock, settings.mostPerHour());
        courier.recover();
        couriers.put(name, courier);
    }

    private void run(String name, BooleanSupplier step) {
        Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> work(step));
        threads.add(thread);
        thread.start();
    }

    private void work(BooleanSupplier step) {
        boolean told = false;
        while (!closing) {
            try {
                boolean more = step.getAsBoolean();
                told = false;
                if (!more) {
                    pause(IDLE_MILLIS);
                }
            } catch (StoreException e) {
                if (!told) {
                    LOG.error("{}", e.getMessage());
                }
                told = true;
                pause(PAUSE_MILLIS);
            }
        }
    }

    private synchronized void pause(long millis) {
        try {
            if (!closing) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    /** Forgets what was settled long ago. */
    public void retain() {
        store.retain(EpochMicros.of(clock.instant()));
    }

    /** Deliveries by how they stand. */
    public Map<String, Long> counts() {
        return store.counts();
    }

    DeliverySettings settings() {
        return settings;
    }

    DeliveryStore store() {
        return store;
    }

    /** Sends a test; empty when the channel is not configured. */
    Optional<Outcome> test(String id, Subscription to) {
        return Optional.ofNullable(couriers.get(to.channel())).map(courier -> courier.test(id, to));
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

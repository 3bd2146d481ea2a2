package org.hinomi.observatory.alert.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.observatory.alert.Alert;
import org.hinomi.observatory.alert.delivery.Channel.Outcome;
import org.hinomi.observatory.alert.delivery.DeliveryStore.Waiting;
import org.hinomi.observatory.store.control.EpochMicros;
import org.jdbi.v3.core.Handle;

/**
 * Sends what is due on one channel, one message at a time. Before a message leaves it is noted as being sent, and after
 * it how that ended, so that after a crash it is known which may have left.
 */
final class Courier {
    private static final long HOUR_US = 3_600_000_000L;

    private final String name;
    private final Channel channel;
    private final DeliveryStore store;
    private final Letter letter;
    private final InstantSource clock;
    private final int mostPerHour;

    Courier(String name, Channel channel, DeliveryStore store, Letter letter, InstantSource clock, int mostPerHour) {
        this.name = name;
        this.channel = channel;
        this.store = store;
        this.letter = letter;
        this.clock = clock;
        this.mostPerHour = mostPerHour;
    }

    /** A message that is noted as being sent, and the deliveries that it settles: the first as sent, the rest summed up. */
    private record Load(Message message, List<Waiting> deliveries) {}

    /** Settles what a crash left half sent. */
    void recover() {
        store.recover(name, channel.repeatable());
    }

    /** What is to be done now: nothing is due, or perhaps something is to be sent. */
    private record Turn(boolean due, Optional<Load> load) {
        static Turn without(boolean due) {
            return new Turn(due, Optional.empty());
        }
    }

    /** Sends one message, or notes that there is nobody to send something to now; false when nothing is due. */
    boolean once() {
        Turn turn = store.inTransaction(handle -> take(handle, EpochMicros.of(clock.instant())));
        turn.load().ifPresent(load -> settle(load, channel.send(load.message())));
        return turn.due();
    }

    private Turn take(Handle handle, long now) {
        List<Waiting> waiting = DeliveryStore.due(handle, name, now);
        if (waiting.isEmpty()) {
            return Turn.without(false);
        }
        Optional<Subscription> to = Subscription.find(handle, waiting.getFirst().subscription());
        Map<String, Alert> open = DeliveryStore.open(handle, waiting);
        open.values().removeIf(alert -> to.filter(of -> of.sees(alert)).isEmpty());
        List<Waiting> over =
                waiting.stream().filter(one -> !open.containsKey(one.id())).toList();
        DeliveryStore.settle(handle, over, "skipped", "", null, now);
        List<Waiting> left =
                waiting.stream().filter(one -> open.containsKey(one.id())).toList();
        if (left.isEmpty() || to.isEmpty()) {
            return Turn.without(true);
        }
        List<Long> sent = DeliveryStore.lastHour(handle, to.get().owner(), now);
        int allowed = mostPerHour - sent.size();
        if (allowed <= 0) {
            DeliveryStore.settle(handle, left, "waiting", "", sent.getFirst() + HOUR_US, null);
            return Turn.without(true);
        }
        // The last place of an hour holds all that would not have one.
        List<Waiting> taken = allowed == 1 ? left : left.subList(0, 1);
        DeliveryStore.settle(handle, taken, "sending", "", null, null);
        return new Turn(true, Optional.of(new Load(message(to.get(), taken, open), taken)));
    }

    private Message message(Subscription to, List<Waiting> taken, Map<String, Alert> open) {
        String id = taken.getFirst().id();
        List<Alert> alerts = taken.stream()
                .flatMap(one -> Optional.ofNullable(open.get(one.id())).stream())
                .toList();
        return alerts.size() == 1
                ? letter.alert(id, to, alerts.getFirst(), clock.instant())
                : letter.summary(id, to, alerts, clock.instant());
    }

    private void settle(Load load, Outcome outcome) {
        long now = EpochMicros.of(clock.instant());
        List<Waiting> all = load.deliveries().stream()
                .map(one -> new Waiting(one.id(), one.alert(), one.subscription(), one.tries() + 1))
                .toList();
        store.inTransaction(handle -> {
            switch (outcome) {
                case Outcome.Sent() -> {
                    DeliveryStore.settle(handle, all.subList(0, 1), "sent", "", null, now);
                    DeliveryStore.settle(handle, all.subList(1, all.size()), "summed", "", null, now);
                }
                case Outcome.Later(String reason) -> {
                    boolean given = all.getFirst().tries() >= RetryDelay.MOST_TRIES;
                    Duration wait = RetryDelay.after(all.getFirst().tries());
                    DeliveryStore.settle(
                            handle, all, given ? "failed" : "waiting", reason, now + wait.toNanos() / 1000, null);
                }
                case Outcome.Never(String reason) -> DeliveryStore.settle(handle, all, "failed", reason, null, now);
                case Outcome.Uncertain(String reason) ->
                    DeliveryStore.settle(handle, all, "uncertain", reason, null, now);
            }
            return true;
        });
    }

    /** Sends a test at once. */
    Outcome test(String id, Subscription to) {
        return channel.send(letter.test(id, to, clock.instant()));
    }
}

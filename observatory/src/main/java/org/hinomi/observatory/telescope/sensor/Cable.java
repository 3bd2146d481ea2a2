package org.hinomi.observatory.telescope.sensor;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.observatory.capture.ring.PacketRing;
import org.hinomi.observatory.capture.ring.PacketRings;
import org.hinomi.observatory.capture.ring.RingException;
import org.hinomi.observatory.capture.ring.RingSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interface of a source: its rings are opened together, each is taken by one thread, which gives it back when it
 * fails; when all are back they can be opened again. Thread-safe.
 */
final class Cable {
    private static final Logger LOG = LoggerFactory.getLogger(Cable.class);

    private final RingSettings settings;
    private final PrefixSet dark;
    private final BitSet untaken = new BitSet();
    private final BitSet taken = new BitSet();
    private @Nullable PacketRings rings;
    private @Nullable String trouble;
    private List<String> told = List.of();
    private long droppedBefore;
    private long freezesBefore;
    private long damagedBefore;
    private boolean hardwareTime;

    Cable(RingSettings settings, PrefixSet dark) {
        this.settings = settings;
        this.dark = dark;
    }

    /** Opens it unless it is open; false while some of its rings were not given back. */
    synchronized boolean open() {
        if (rings == null) {
            PacketRings opened = PacketRings.open(settings, dark);
            if (!opened.remarks().equals(told)) {
                told = opened.remarks();
                told.forEach(remark -> LOG.warn("{}", remark));
            }
            rings = opened;
            if (trouble != null) {
                LOG.info("interface '{}' is captured from again", settings.name());
            }
            trouble = null;
            untaken.set(0, settings.cores());
        }
        return trouble == null;
    }

    synchronized @Nullable PacketRing take(int lane) {
        if (rings == null || trouble != null || !untaken.get(lane)) {
            return null;
        }
        untaken.clear(lane);
        taken.set(lane);
        return rings.rings().get(lane);
    }

    /**
     * Takes a ring back and closes it.
     *
     * @param why what is wrong with the interface, or null when its reader ends
     * @return whether that is news
     */
    synchronized boolean giveBack(int lane, PacketRing ring, @Nullable String why) {
        boolean news = why != null && trouble == null;
        ring.count();
        droppedBefore += ring.dropped();
        freezesBefore += ring.freezes();
        damagedBefore += ring.damaged();
        hardwareTime |= ring.hardwareTimes() > 0;
        taken.clear(lane);
        ring.close();
        if (news) {
            trouble = why;
            LOG.warn("{}", why);
        }
        closeUntaken();
        return news;
    }

    private void closeUntaken() {
        PacketRings left = rings;
        if (left != null && (trouble != null || taken.isEmpty())) {
            untaken.stream().forEach(lane -> left.rings().get(lane).close());
            untaken.clear();
            if (taken.isEmpty()) {
                rings = null;
            }
        }
    }

    /** Closes the rings that nobody took. */
    synchronized void close() {
        if (taken.isEmpty()) {
            closeUntaken();
        }
    }

    synchronized boolean healthy() {
        return rings != null && trouble == null;
    }

    /** Whether all its rings were given back. */
    synchronized boolean closed() {
        return rings == null;
    }

    synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Why nothing can come from it now, as a sentence; empty when all is well. */
    synchronized Optional<String> silence() {
        try {
            return rings == null ? Optional.empty() : rings.silence();
        } catch (RingException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private long sum(java.util.function.ToLongFunction<PacketRing> figure) {
        PacketRings now = rings;
        return now == null
                ? 0
                : taken.stream()
                        .mapToLong(lane -> figure.applyAsLong(now.rings().get(lane)))
                        .sum();
    }

    synchronized long dropped() {
        return droppedBefore + sum(PacketRing::dropped);
    }

    synchronized long freezes() {
        return freezesBefore + sum(PacketRing::freezes);
    }

    synchronized long damaged() {
        return damagedBefore + sum(PacketRing::damaged);
    }

    synchronized boolean hardwareTime() {
        return hardwareTime || sum(PacketRing::hardwareTimes) > 0;
    }
}

package org.hinomi.observatory.telescope.sensor;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hinomi.observatory.telescope.live.Tap;
import org.jspecify.annotations.Nullable;

/** A sensor at work, in this process or apart from the tower. */
public interface Station {
    /** Whether a sensor observes. */
    enum State {
        /** It does. */
        RUNNING,
        /** Its recording is over. */
        ENDED,
        /** It can't, and is tried again if it is live. */
        FAILED,
        /** Its program is stopping or was stopped. */
        STOPPED;

        /** As JSON spells it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The sensor. */
    Sensor sensor();

    /** What it sees, live. */
    Tap tap();

    /** Whether it observes. */
    State state();

    /** Why it does not observe, as a sentence. */
    @Nullable
    String detail();

    /** Event time, nanoseconds since 1970-01-01 UTC; {@link Long#MIN_VALUE} before the first packet. */
    long eventNanos();

    /** Event time of its first packet, nanoseconds since 1970-01-01 UTC; {@link Long#MAX_VALUE} before it. */
    default long firstNanos() {
        return tap().counts().firstNanos();
    }

    /** Packets counted since its start. */
    long packets();

    /** Packets that were lost. */
    long dropped();

    /** Parts of minutes given out early because their table was full. */
    long saturatedParts();

    /** Packets to addresses that are not dark, which were left out. */
    long outside();

    /** Packets that could not be read. */
    long refused();

    /** What its source tells of itself. */
    default SourceFigures figures() {
        return new SourceFigures(0, 0, 0, Optional.empty(), Optional.empty());
    }

    /** Up to when its minutes are stored, seconds of event time since 1970-01-01 UTC. */
    long storedSecond();

    /** The row of the ledger that this run of it has, if that is not for the tower to choose. */
    default Optional<String> ledgerRow() {
        return Optional.empty();
    }

    /** What more there is to know of it if it is apart from the tower. */
    default Optional<Distance> distance() {
        return Optional.empty();
    }

    /** What there is to know of it if only a cluster sees it. */
    default Optional<ClusterView> cluster() {
        return Optional.empty();
    }

    /** Packets a second, if they can't be told from {@link #tap}. */
    default OptionalDouble rate() {
        return OptionalDouble.empty();
    }

    /** Begins to observe. */
    void start();

    /** Asks it to end; does not wait. */
    void stop();

    /** Ends it. */
    void close();
}

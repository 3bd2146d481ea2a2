package org.hinomi.kernel.detect;

import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.research.ResearchMatch;
import org.jspecify.annotations.Nullable;

/** What a detector may ask and do while it works on a key. Valid only during the call. */
public interface Context {
    /** Never to be woken. */
    long NEVER = Long.MAX_VALUE;

    /** The stream of the key: the name of a sensor or recording. */
    String stream();

    /** Upper half of the key. */
    long hi();

    /** Lower half of the key. */
    long lo();

    /** Event time in seconds since 1970-01-01 UTC: start of the tuple's minute, or the time the timer was set to. */
    long time();

    /** IPv4 addresses of the stream that are dark as of {@link #time()}; 0 when unknown. */
    long darkAddresses();

    /** Whose the key's address is as of {@link #time()}, where keys are addresses; null when nobody's. */
    @Nullable
    Owner owner();

    /** Which researcher's the key's address is, where keys are addresses; null when none's that is known. */
    @Nullable
    ResearchMatch researcher();

    /**
     * Start of the first minute of the stream, seconds since 1970-01-01 UTC: what was not seen since then was not there.
     * {@link #NEVER} when unknown.
     */
    long observedSince();

    /** The country that an address is registered in as of {@link #time()}, as {@link Reference#country} has it. */
    int country(long hi, long lo);

    /** The autonomous system that announces an address as of {@link #time()}, as {@link Reference#network} has it. */
    long network(long hi, long lo);

    /** When the key is to be woken; {@link #NEVER} when it is not. */
    long wake();

    /**
     * Sets when the key is to be woken, in place of what was set before; {@link #NEVER} for not at all. A time that is
     * not after {@link #time()} counts as the second after it.
     */
    void wakeAt(long second);

    /** Gives out a detection, or a new revision of one. */
    void emit(Detection detection);

    /** Counts something that the detector had to forget because its state was full. */
    void forgot(int count);
}

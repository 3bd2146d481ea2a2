package org.hinomi.kernel.campaign;

import java.util.Locale;

/** What became of a campaign on a day. */
public enum Change {
    /** It was not there before. */
    BORN,
    /** It is the same as the day before. */
    CONTINUED,
    /** It came out of another one, which goes on or fell apart. */
    SPLIT,
    /** Another one or more went into it. */
    MERGED,
    /** It has no group any more: nothing to be seen of it today. */
    DORMANT,
    /** It is seen again after it was dormant. */
    RETURNED,
    /** It went into another one and has ended. */
    ABSORBED;

    /** The name in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

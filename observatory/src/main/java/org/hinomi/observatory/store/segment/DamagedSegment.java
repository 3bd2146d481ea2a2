package org.hinomi.observatory.store.segment;

/** Why a segment can't be read; the message begins in lower case and ends without a full stop. */
public final class DamagedSegment extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedSegment(String why) {
        super(why, null, false, false);
    }

    /** The reason. */
    public String why() {
        return String.valueOf(getMessage());
    }
}

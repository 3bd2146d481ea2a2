package org.hinomi.wire.flowfile;

/** What is wrong with a place of a file; the message begins in lower case and ends without a full stop. */
public final class Damage extends Exception {
    private static final long serialVersionUID = 1;

    public Damage(String what) {
        super(what, null, false, false);
    }

    public String what() {
        return String.valueOf(getMessage());
    }
}

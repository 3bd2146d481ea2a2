package org.hinomi.observatory.store.flowfile;

/** What is wrong with a place of a file; the message begins in lower case and ends without a full stop. */
final class Damage extends Exception {
    private static final long serialVersionUID = 1;

    Damage(String what) {
        super(what, null, false, false);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}

package org.hinomi.observatory.store.control;

/** The control database cannot be used; the message tells the person what to do. */
public final class ControlStoreException extends Exception {
    public ControlStoreException(String message) {
        super(message);
    }

    public ControlStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}

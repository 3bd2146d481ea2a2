package org.hinomi.observatory.cli.config;

/** A configuration that can't be used; the message names the file, the key, its value and what is accepted. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the sentence to print. */
    public ConfigException(String message) {
        // A quoted value may have lines of its own.
        super(message.replaceAll("\\R", " "));
    }
}

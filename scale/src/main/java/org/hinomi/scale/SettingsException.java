package org.hinomi.scale;

/** Settings that can't be; the message is a sentence for the person who gave them. */
final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SettingsException(String sentence) {
        super(sentence);
    }
}

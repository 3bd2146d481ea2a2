package org.hinomi.observatory;

/** Entry point. */
public final class Main {
    private Main() {}

    /** Starts the program. */
    public static void main(String[] args) {}
}

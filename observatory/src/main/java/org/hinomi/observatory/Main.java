package org.hinomi.observatory;

import org.hinomi.observatory.cli.Hinomi;

/** Entry point. */
public final class Main {
    private Main() {}

    /** Runs a command; the process ends with its exit code. */
    public static void main(String[] args) {
        System.exit(Hinomi.commandLine().execute(args));
    }
}

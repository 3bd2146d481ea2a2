package org.hinomi.observatory;

import org.hinomi.observatory.cli.Hinomi;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Entry point. */
public final class Main {
    private Main() {}

    /** Runs a command; the process ends with its exit code. */
    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(Hinomi.commandLine().execute(args));
    }
}

package org.hinomi.observatory.cli;

import picocli.CommandLine.Option;

/** The option {@code --help} of every command. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Tell of the command.")
    boolean asked;
}

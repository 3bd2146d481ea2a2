package org.hinomi.observatory.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The program's commands. */
@Command(
        name = "hinomi",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The fire-watch tower: watches unused address space and shows what attacks there.",
        subcommands = {
            RunCommand.class,
            AnalyzeCommand.class,
            GenerateCommand.class,
            SetupCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = "%nExit codes: 0 done, 1 failed, 2 wrong usage. 'hinomi help COMMAND' tells of a command.")
public final class Hinomi implements Runnable {
    /** Exit code of a command that failed. */
    public static final int FAILED = 1;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    CommandLine.Model.CommandSpec spec;

    /** The command line, ready to execute. */
    public static CommandLine commandLine() {
        IExecutionExceptionHandler oneSentence = (failure, commandLine, result) -> {
            if (failure instanceof Failure) {
                commandLine.getErr().println("hinomi: " + failure.getMessage());
            } else {
                failure.printStackTrace(commandLine.getErr());
            }
            commandLine.getErr().flush();
            return FAILED;
        };
        return new CommandLine(new Hinomi())
                .setExecutionExceptionHandler(oneSentence)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
    }
}

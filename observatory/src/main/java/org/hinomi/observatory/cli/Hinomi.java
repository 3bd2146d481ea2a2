package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's commands. */
@Command(
        name = "hinomi",
        versionProvider = Version.class,
        description = "The fire-watch tower: watches unused address space and shows what attacks there.",
        subcommands = {
            RunCommand.class,
            SensorCommand.class,
            AnalyzeCommand.class,
            DetectCommand.class,
            GenerateCommand.class,
            SetupCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = "%nExit codes: 0 done, 1 failed, 2 wrong usage. 'hinomi help COMMAND' tells of a command.")
public final class Hinomi implements Callable<Integer> {
    /** Exit code of a command that failed. */
    public static final int FAILED = 1;

    /** Exit code of a command that was called in a way that makes no sense. */
    public static final int WRONG_USAGE = 2;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    CommandLine.Model.CommandSpec spec;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Tell the version.")
    boolean version;

    /** The command line, ready to execute. */
    public static CommandLine commandLine() {
        return new CommandLine(new Hinomi())
                .setExecutionExceptionHandler((failure, line, result) -> failed(failure, line.getErr()))
                .setParameterExceptionHandler((wrong, arguments) -> wrongUsage(wrong))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    private static int failed(Exception failure, PrintWriter err) {
        if (failure instanceof Failure) {
            err.println("hinomi: " + failure.getMessage());
        } else {
            err.println("hinomi: this is a mistake in the program; please report it with these lines:");
            failure.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }

    private static int wrongUsage(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("hinomi: " + String.valueOf(wrong.getMessage()).replace('\n', ' '));
        if (!UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("'" + line.getCommandSpec().qualifiedName() + " --help' tells how it is used.");
        }
        err.flush();
        return WRONG_USAGE;
    }

    /** Without a command there is nothing to do but to tell which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return WRONG_USAGE;
    }
}

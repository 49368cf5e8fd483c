package io.edgewise.jobs;

import io.edgewise.jobs.files.Version;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code edgewise} command. Exit status: 0 done, 2 wrong options or input, 1 failed. */
@Command(
        name = "edgewise",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        customSynopsis = {
            "edgewise COMMAND [OPTIONS]",
            "       edgewise COMMAND [OPTIONS] @FILE    with more options in a file"
        },
        description = {
            "Finds which edges of a transformer's computation graph do a given task.",
            "",
            "score ranks all edges, sweep runs the circuits of the strongest, report shows both; demo does all three on"
                    + " a small model. edgewise COMMAND --help explains a command and has examples."
        },
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExit status:%n",
        footer = {
            "  0  done",
            "  2  wrong options or input, with one line that says what would be right",
            "  1  failed, with one line that says why",
            "",
            "The same bits:",
            "  One kind of processor and one number of threads a task give the same scores to",
            "  the last bit, however work is spread. Other processors round otherwise, unless",
            "  EDGEWISE_REPRODUCIBLE=1 holds PyTorch to instructions that all of them have."
        },
        subcommands = {
            DemoCommand.class,
            ScoreCommand.class,
            SweepCommand.class,
            ExportCommand.class,
            AblationsCommand.class,
            ReportCommand.class,
            InspectCommand.class,
            BenchCommand.class,
            GenerateCompletion.class
        })
public final class Main {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }

    /** Runs a command and exits with its status where that isn't 0. */
    public static void main(String[] args) {
        int status = run(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Runs a command. */
    static int run(String... args) {
        Main main = new Main();
        Failures failures = new Failures(main);
        return parser(main)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(args.length == 0 ? new String[] {"--help"} : args);
    }

    /** How all commands' options are read. */
    static CommandLine parser(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false);
    }
}

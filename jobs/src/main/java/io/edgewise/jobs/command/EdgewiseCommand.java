package io.edgewise.jobs.command;

import io.edgewise.jobs.files.Version;
import io.edgewise.jobs.options.CommandParser;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code edgewise} command. Its exit status is 0 when done, 2 for wrong options or input, 1 for any other failure. */
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
            "study does everything: it scores edges, measures the circuits of the strongest edges and makes a report. score, sweep"
                    + " and report are its steps; demo is a study of a small model. edgewise COMMAND --help explains a command and has"
                    + " examples."
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
            "  One kind of processor and one number of threads per task give the same scores to",
            "  the last bit, however work is spread. Other processors round differently, unless",
            "  EDGEWISE_REPRODUCIBLE=1 holds PyTorch to instructions that all of them have."
        },
        subcommands = {
            DemoCommand.class,
            StudyCommand.class,
            ScoreCommand.class,
            SweepCommand.class,
            ExportCommand.class,
            CheckSubmissionCommand.class,
            AblationsCommand.class,
            ReportCommand.class,
            InspectCommand.class,
            BenchCommand.class,
            GenerateCompletion.class
        })
public final class EdgewiseCommand {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            order = 1,
            description = "Print the stack trace of a failure.")
    private boolean verbose;

    private EdgewiseCommand() {}

    /**
     * Runs a command.
     *
     * @return its exit status
     */
    public static int run(String... args) {
        return parser().execute(args.length == 0 ? new String[] {"--help"} : args);
    }

    /** A parser of all commands, which prints one line for one that fails. */
    public static CommandLine parser() {
        EdgewiseCommand edgewise = new EdgewiseCommand();
        FailureHandler failures = new FailureHandler(() -> edgewise.verbose);
        return CommandParser.of(edgewise).setParameterExceptionHandler(failures).setExecutionExceptionHandler(failures);
    }
}

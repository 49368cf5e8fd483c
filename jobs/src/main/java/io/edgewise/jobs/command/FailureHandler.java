package io.edgewise.jobs.command;

import io.edgewise.jobs.run.Failures;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The handler of a failed command: prints one line on stderr and chooses the exit status.
 *
 * @param verbose whether the stack trace is printed too
 */
record FailureHandler(BooleanSupplier verbose) implements IParameterExceptionHandler, IExecutionExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        StringBuilder line = new StringBuilder(Failures.oneLine(failure.getMessage()));
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                line.append("; did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append('?');
            }
        }
        print(command, line + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return Failures.WRONG_INPUT;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (verbose.getAsBoolean()) {
            failure.printStackTrace(command.getErr());
        }
        int status = Failures.status(failure);
        print(
                command,
                status == Failures.WRONG_INPUT
                        ? Failures.cause(failure)
                        : "Failed: " + Failures.cause(failure)
                                + (verbose.getAsBoolean() ? "" : "; --verbose shows where"));
        return status;
    }

    private static void print(CommandLine command, String line) {
        command.getErr().println("edgewise: " + line);
        command.getErr().flush();
    }
}

package io.edgewise.jobs;

import io.edgewise.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in one line on stderr, and with which status to exit. */
record Failures(Main main) implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int WRONG_INPUT = 2;
    static final int FAILED = 1;

    private static final int LONGEST_LINE = 2000;

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        StringBuilder line = new StringBuilder(oneLine(failure.getMessage()));
        if (failure instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                line.append("; did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append('?');
            }
        }
        print(command, line + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return WRONG_INPUT;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (main.verbose()) {
            failure.printStackTrace(command.getErr());
        }
        int status = status(failure);
        print(
                command,
                status == WRONG_INPUT
                        ? cause(failure)
                        : "Failed: " + cause(failure) + (main.verbose() ? "" : "; --verbose shows where"));
        return status;
    }

    /** With which status a failure ends the command. */
    static int status(Throwable failure) {
        return input(chain(failure)).isPresent() ? WRONG_INPUT : FAILED;
    }

    /** What the user is told of a failure, in one line. */
    static String cause(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Throwable root = chain.get(chain.size() - 1);
        return input(chain)
                .map(input -> oneLine(input.getMessage()))
                .orElse(root.getClass().getSimpleName() + ": " + oneLine(root.getMessage()));
    }

    private static Optional<Throwable> input(List<Throwable> chain) {
        return chain.stream().filter(InputException.class::isInstance).findFirst();
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && !chain.contains(next); next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    private static void print(CommandLine command, String line) {
        command.getErr().println("edgewise: " + line);
        command.getErr().flush();
    }

    static String oneLine(@Nullable String message) {
        return message == null
                ? "no message"
                : message.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .findFirst()
                        .map(Failures::printable)
                        .orElse("no message");
    }

    /** Names and values of a stranger's file may be of any length, and hold what a terminal obeys. */
    private static String printable(String line) {
        String shown = line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
        return shown.replaceAll("[\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029]", "\uFFFD");
    }
}

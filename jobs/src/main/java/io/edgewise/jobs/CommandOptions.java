package io.edgewise.jobs;

import io.edgewise.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Options of a command, each with its values, as a notebook collects them: the command line without the line. They are checked by
 * the command itself.
 */
record CommandOptions(Map<String, List<String>> values) {
    static final CommandOptions NONE = new CommandOptions(Map.of());

    private static final String RESUME = "--resume";
    private static final String OVERWRITE = "--overwrite";

    CommandOptions {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, given) -> copy.put(name, List.copyOf(given)));
        values = copy;
    }

    /** With an option, in place of what it was. */
    CommandOptions with(String name, String... given) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(given));
        return new CommandOptions(more);
    }

    /** Results that are there are replaced. */
    CommandOptions overwriting() {
        return with(OVERWRITE);
    }

    /** With where results go. Running a paragraph again is no mistake in a notebook: the same run's results stay, and are gone on with. */
    CommandOptions into(String out) {
        CommandOptions complete = with("--out", out);
        return values.containsKey(OVERWRITE) ? complete : complete.with(RESUME);
    }

    /** Those of them that another command has too. */
    CommandOptions knownTo(Object command) {
        Map<String, List<String>> known = new LinkedHashMap<>(values);
        known.keySet()
                .retainAll(
                        new CommandLine(command).getCommandSpec().optionsMap().keySet());
        return new CommandOptions(known);
    }

    /**
     * Gives them to a command.
     *
     * @throws InputException where they are wrong
     */
    <T> T given(T command) {
        try {
            Main.parser(command).parseArgs(arguments().toArray(String[]::new));
            return command;
        } catch (ParameterException e) {
            throw new InputException(Failures.oneLine(e.getMessage()), e);
        }
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        values.forEach((name, given) -> {
            if (given.isEmpty()) {
                arguments.add(name);
            }
            given.forEach(value -> arguments.add(name + "=" + value));
        });
        return arguments;
    }

    @Override
    public String toString() {
        return String.join(" ", arguments());
    }
}

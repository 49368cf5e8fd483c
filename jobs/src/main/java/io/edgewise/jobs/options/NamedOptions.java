package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.jobs.run.Failures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Options by name, each with its values, as a notebook collects them. They are checked when they are read. */
public record NamedOptions(Map<String, List<String>> values) {
    public static final NamedOptions NONE = new NamedOptions(Map.of());

    public NamedOptions {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, given) -> copy.put(name, List.copyOf(given)));
        values = copy;
    }

    /** These options and one more, which replaces an earlier one of the same name. */
    public NamedOptions with(String name, String... given) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(given));
        return new NamedOptions(more);
    }

    /** Those of these options that any of the given objects has. */
    public NamedOptions knownTo(Object... owners) {
        Map<String, List<String>> known = new LinkedHashMap<>();
        for (Object owner : owners) {
            CommandSpec spec = CommandParser.of(owner).getCommandSpec();
            values.forEach((name, given) -> {
                if (spec.findOption(name) != null) {
                    known.put(name, given);
                }
            });
        }
        return new NamedOptions(known);
    }

    /** These options without those that {@code others} has. */
    public NamedOptions without(NamedOptions others) {
        Map<String, List<String>> left = new LinkedHashMap<>(values);
        left.keySet().removeAll(others.values().keySet());
        return new NamedOptions(left);
    }

    /**
     * Fills in an object that has annotated options.
     *
     * @throws InputException where the options are wrong
     */
    public <T> T fill(T options) {
        try {
            CommandParser.of(options).parseArgs(arguments());
            return options;
        } catch (ParameterException e) {
            throw new InputException(Failures.oneLine(e.getMessage()), e);
        }
    }

    /** The options as words of a command line. */
    public String[] arguments() {
        List<String> arguments = new ArrayList<>();
        values.forEach((name, given) -> {
            if (given.isEmpty()) {
                arguments.add(name);
            }
            given.forEach(value -> arguments.add(name + "=" + value));
        });
        return arguments.toArray(String[]::new);
    }

    @Override
    public String toString() {
        return String.join(" ", arguments());
    }
}

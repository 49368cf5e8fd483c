package io.edgewise.jobs.options;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The rules by which all options are read, on the command line and in a notebook. */
public final class CommandParser {
    private CommandParser() {}

    /** A parser that fills an object with annotated options. */
    public static CommandLine of(Object options) {
        CommandLine parser = new CommandLine(options);
        showValuesAsTyped(parser);
        return parser.setCaseInsensitiveEnumValuesAllowed(true).setAbbreviatedOptionsAllowed(false);
    }

    private static void showValuesAsTyped(CommandLine parser) {
        CommandSpec spec = parser.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            if (option.group() == null
                    && option.scopeType() == ScopeType.LOCAL) { // all of them, so that they keep their order
                spec.remove(option);
                spec.addOption(asTyped(option));
            }
        }
        parser.getSubcommands().values().forEach(CommandParser::showValuesAsTyped);
    }

    /** Names an option's values as its default is written: in lower case, except for AutoCircuit's values, which are in capitals. */
    private static OptionSpec asTyped(OptionSpec option) {
        Object[] values = option.auxiliaryTypes()[0].getEnumConstants();
        String usual = option.defaultValue();
        if (values == null || (usual != null && usual.equals(usual.toUpperCase(Locale.ROOT)))) {
            return option;
        }
        List<String> names = Arrays.stream(values)
                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                .toList();
        return option.toBuilder().completionCandidates(names).build();
    }
}

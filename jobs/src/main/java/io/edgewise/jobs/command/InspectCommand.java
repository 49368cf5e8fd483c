package io.edgewise.jobs.command;

import ai.djl.Device;
import io.edgewise.InputException;
import io.edgewise.jobs.inspect.Inspection;
import io.edgewise.jobs.options.DtypeOption;
import io.edgewise.jobs.options.GraphOptions;
import io.edgewise.model.ForwardTiming;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Transformer;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.SupportedFamily;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.spark.model.ModelCache;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgewise inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise inspect --model=URI [OPTIONS]", "edgewise inspect --families [--json]"},
        description = {"Shows a model's graph and what scoring a batch will need; no prompts needed."},
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise inspect --model conf/demo/model",
            "  edgewise inspect --model conf/demo/model --config-only --json",
            "  edgewise inspect --families"
        })
final class InspectCommand implements Callable<Integer> {
    /** What is shown: one model, or all families. */
    private static final class Subject {
        @Option(
                names = "--model",
                required = true,
                paramLabel = "URI",
                description = "Hugging Face directory; local or in any Hadoop file system.")
        private String model;

        @Option(
                names = "--families",
                required = true,
                description = "List the families of models that can be run, by model_type in config.json.")
        private boolean families;
    }

    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1", order = 0)
    private Subject subject;

    @Mixin
    private DtypeOption dtype;

    @Mixin
    private GraphOptions graph;

    @Option(names = "--config-only", description = "Read only config.json, not the weights.")
    private boolean configOnly;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            description = "Prompt pairs per batch, for the estimates (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "16",
            description = "Tokens per prompt, for the estimates (default: ${DEFAULT-VALUE}).")
    private int tokens;

    @Override
    public Integer call() {
        if (batchSize < 1 || tokens < 1) {
            throw new InputException(
                    "--batch-size and --tokens must be at least 1, got " + batchSize + " and " + tokens);
        }
        if (subject.families) {
            return print(Map.of("families", SupportedFamily.all()), asText(SupportedFamily.all()));
        }
        Map<String, Object> facts = configOnly ? factsOfConfig() : factsOfModel();
        return print(facts, asText(facts));
    }

    private int print(Object facts, String text) {
        spec.commandLine().getOut().println(json ? PrettyJson.of(facts) : text);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private Map<String, Object> factsOfConfig() {
        return inspection(TransformerConfig.read(ModelCache.local(subject.model)))
                .facts();
    }

    /** Adds measured and derived times to the facts from the configuration. */
    private Map<String, Object> factsOfModel() {
        Checkpoint checkpoint = Checkpoint.open(ModelCache.local(subject.model));
        Inspection inspection = inspection(checkpoint.config());
        try (Transformer loaded = Transformer.load(checkpoint, Device.cpu(), 1, dtype.type())) {
            PatchableModel model = PatchableModel.of(loaded, inspection.spec(), OutputSlice.LAST_SEQ);
            return inspection.factsWithTimes(ForwardTiming.medianSeconds(model, batchSize, tokens));
        }
    }

    private Inspection inspection(TransformerConfig config) {
        if (tokens > config.positions()) {
            throw new InputException("--tokens must be at most " + config.positions()
                    + ", the positions that the model reads, got " + tokens);
        }
        return new Inspection(config, graph.spec(), dtype.type(), batchSize, tokens);
    }

    private static String asText(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%.4g", number);
        }
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : value.toString();
    }

    private static String asText(List<SupportedFamily> families) {
        return families.stream()
                .map(family -> String.format(Locale.ROOT, "%-28s %s", family.modelType(), family.models()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String asText(Map<String, Object> facts) {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, value) -> {
            if (!text.isEmpty()) {
                text.append(System.lineSeparator());
            }
            String shown = asText(value);
            text.append(String.format(Locale.ROOT, "%-28s %s", name.replace('_', ' '), shown));
        });
        return text.toString();
    }
}

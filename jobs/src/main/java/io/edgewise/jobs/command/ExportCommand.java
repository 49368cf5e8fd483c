package io.edgewise.jobs.command;

import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.jobs.export.ChosenEdges;
import io.edgewise.jobs.export.Export;
import io.edgewise.jobs.export.ExportFormat;
import io.edgewise.jobs.export.NodeExport;
import io.edgewise.jobs.files.NewPlace;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.options.GraphOptions;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import io.edgewise.score.Ranking;
import io.edgewise.spark.ModelCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgewise export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {"edgewise export --scores=URI --format=FORMAT --out=FILE [OPTIONS]"},
        description = {"Writes scores, or a circuit chosen by them, in the format of another tool."},
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise export --scores out/ioi-scores --format mib --out out/ioi.json",
            "  edgewise export --scores out/ioi-scores --format dot --edges 20 \\",
            "    --out out/ioi.dot"
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scores",
            required = true,
            paramLabel = "URI",
            description = "What score --out wrote, a safetensors file of prune scores, or a JSON file of EAP-IG.")
    private String scores;

    @Option(
            names = "--model",
            paramLabel = "URI",
            description = "The model's directory, for its configuration (default: where the scores' manifest says).")
    private @Nullable String model;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            description =
                    "autocircuit: safetensors of prune scores; mib: EAP-IG's and the MIB benchmark's JSON; graphml; dot;"
                            + " csv.")
    private ExportFormat format;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file, or --circuits' directory.")
    private String out;

    @Option(names = "--overwrite", description = "Replace what is there, once the new one is complete.")
    private boolean overwrite;

    @Option(
            names = "--edges",
            paramLabel = "K",
            description =
                    "Write only the K strongest edges (or nodes or neurons, where these have scores), and those that"
                            + " tie with the last; with mib: mark them as in the graph.")
    private @Nullable Integer edges;

    @Option(
            names = "--ranking",
            paramLabel = "RANKING",
            defaultValue = "absolute",
            description = "Strongest by absolute or by signed score: ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}).")
    private Ranking ranking;

    @Option(
            names = "--circuits",
            description =
                    "With mib: write a directory of nine circuits, of 0.1, 0.2, 0.5, 1, 2, 5, 10, 20 and 50%% of the edges"
                            + " at most.")
    private boolean circuits;

    @Option(names = "--per-prompt", description = "With mib: divide scores by the number of prompts, as EAP-IG does.")
    private boolean perPrompt;

    @Mixin
    private GraphOptions graph;

    @Override
    public Integer call() {
        checkOptions();
        NewPlace place = new NewPlace(out, overwrite);
        GivenScores given = GivenScores.of(scores);
        TransformerConfig config = TransformerConfig.read(directory(given));
        GraphSpec edgesOf = graph.spec(given.spec());
        RankedScores read = given.read(config, edgesOf);
        double divisor = perPrompt ? prompts(given) : 1;
        if (read instanceof NodeScores nodes) {
            if (circuits) {
                throw new InputException("--circuits wants scores of edges, and these are of "
                        + nodes.level().words());
            }
            new NodeExport(config, nodes, ranking, edges, divisor).write(format, place);
        } else {
            Export export = new Export(config, new ChosenEdges((PruneScores) read, ranking, edges), divisor);
            if (circuits) {
                export.writeCircuits(place);
            } else {
                export.write(format, place);
            }
        }
        spec.commandLine().getOut().println(out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void checkOptions() {
        refuse("--edges", edges != null && format == ExportFormat.AUTOCIRCUIT, "mib, graphml, dot or csv");
        refuse("--circuits", circuits && format != ExportFormat.MIB, "mib");
        refuse("--per-prompt", perPrompt && format != ExportFormat.MIB, "mib");
        if (circuits && edges != null) {
            throw new InputException("--circuits has sizes of its own; leave out --edges");
        }
    }

    private static void refuse(String option, boolean isWithoutMeaning, String formats) {
        if (isWithoutMeaning) {
            throw new InputException(option + " wants --format " + formats);
        }
    }

    private Path directory(GivenScores given) {
        String uri = model != null
                ? model
                : given.model()
                        .orElseThrow(() -> new InputException(
                                "No manifest beside " + given.file() + " says which model it is of; give --model"));
        Path directory = ModelCache.local(uri);
        if (model == null && !Files.isDirectory(directory)) {
            throw new InputException("The model of these scores is no longer in " + uri + "; give --model");
        }
        return directory;
    }

    private static double prompts(GivenScores given) {
        return given.prompts()
                .orElseThrow(() -> new InputException(
                        "--per-prompt wants scores with a manifest, which says of how many prompts they are"));
    }
}

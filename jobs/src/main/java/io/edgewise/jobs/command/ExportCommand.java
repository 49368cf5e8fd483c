package io.edgewise.jobs.command;

import io.edgewise.InputException;
import io.edgewise.circuit.Selection;
import io.edgewise.jobs.export.ChosenEdges;
import io.edgewise.jobs.export.Export;
import io.edgewise.jobs.export.ExportFormat;
import io.edgewise.jobs.export.NodeExport;
import io.edgewise.jobs.files.NewPlace;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.options.GraphOptions;
import io.edgewise.jobs.options.SelectOptions;
import io.edgewise.jobs.options.SubmissionOptions;
import io.edgewise.jobs.run.Session;
import io.edgewise.jobs.submission.Finding;
import io.edgewise.jobs.submission.Submission;
import io.edgewise.jobs.submission.SubmissionFolder;
import io.edgewise.jobs.submission.SubmittedScores;
import io.edgewise.jobs.sweep.SelectionSettings;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import io.edgewise.spark.model.ModelCache;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        customSynopsis = {"edgewise export --scores=URI... --format=FORMAT --out=FILE [OPTIONS]"},
        description = {"Writes scores, or a circuit chosen by them, in the format of another tool."},
        optionListHeading = "%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  edgewise export --scores out/ioi-scores --format mib --out out/ioi.json",
            "  edgewise export --scores out/ioi-scores --format dot --edges 20 \\",
            "    --out out/ioi.dot",
            "  edgewise export --scores out/ioi-scores --format mib-submission \\",
            "    --task ioi --mib-model interpbench --out out/submission"
        })
final class ExportCommand implements Callable<Integer> {
    private static final String IMPORTANCES = "importances.json";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scores",
            required = true,
            paramLabel = "URI",
            description =
                    "What score --out wrote, a safetensors file of prune scores, or a JSON file of EAP-IG. With mib-submission"
                            + " repeatable, and a study's directory is the scores of all its tasks.")
    private List<String> scores;

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
                    "autocircuit: safetensors of prune scores; mib: EAP-IG's and the MIB benchmark's JSON; mib-submission: the"
                            + " folder that the benchmark takes, of importances or, with --circuits, of circuits; graphml; dot;"
                            + " csv.")
    private ExportFormat format;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file, or the directory of --circuits or mib-submission.")
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

    @Mixin
    private SelectOptions select;

    @Option(
            names = "--circuits",
            description =
                    "With mib or mib-submission: write nine circuits, of 0.1, 0.2, 0.5, 1, 2, 5, 10, 20 and 50%% of the edges"
                            + " at most.")
    private boolean circuits;

    @Option(
            names = "--per-prompt",
            description = "With mib or mib-submission: divide scores by the number of prompts, as EAP-IG does.")
    private boolean perPrompt;

    @Mixin
    private SubmissionOptions submission;

    @Mixin
    private GraphOptions graph;

    /** Scores with the model that they are of. */
    private record Read(GivenScores given, TransformerConfig config, RankedScores scores) {}

    @Override
    public Integer call() {
        checkOptions();
        NewPlace place = new NewPlace(out, overwrite);
        if (format == ExportFormat.MIB_SUBMISSION) {
            submit(place);
        } else {
            write(read(GivenScores.of(scores.get(0))), place);
        }
        spec.commandLine().getOut().println(out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void submit(NewPlace place) {
        Submission made = new Submission();
        List<SubmittedScores> results = submission.results(scores);
        for (int i = 0; i < results.size(); i++) {
            SubmittedScores result = results.get(i);
            Read read = read(result.scores());
            SubmissionFolder folder = submission.names().folder(i, result, read.config());
            made.add(folder, result.scores().uri(), mibFiles(read));
        }
        List<Finding> findings = made.write(place);
        PrintWriter err = spec.commandLine().getErr();
        findings.forEach(err::println);
        err.flush();
        if (Finding.hasError(findings)) {
            throw new InputException("The benchmark can't take these scores, so " + out + " was not written");
        }
    }

    private Map<String, NewPlace.Content> mibFiles(Read read) {
        if (read.scores() instanceof NodeScores nodes) {
            return Map.of(IMPORTANCES, nodeExport(read, nodes).importances());
        }
        Export export = export(read);
        return circuits ? export.circuits() : Map.of(IMPORTANCES, export.importances());
    }

    private void write(Read read, NewPlace place) {
        if (read.scores() instanceof NodeScores nodes) {
            nodeExport(read, nodes).write(format, place);
        } else if (circuits) {
            place.write(export(read).circuits());
        } else {
            export(read).write(format, place);
        }
    }

    private Read read(GivenScores given) {
        TransformerConfig config = TransformerConfig.read(directory(given));
        return new Read(given, config, given.read(config, graph.spec(given.spec())));
    }

    private NodeExport nodeExport(Read read, NodeScores nodes) {
        if (circuits) {
            throw new InputException("--circuits wants scores of edges, and these are of "
                    + nodes.level().words());
        }
        SelectionSettings settings = select.settings();
        if (!settings.isByRankAlone()) {
            throw new InputException("--select absolute or signed goes with scores of "
                    + nodes.level().words() + "; the other ways choose edges");
        }
        return new NodeExport(read.config(), nodes, settings.ranking(), edges, divisor(read));
    }

    private Export export(Read read) {
        ChosenEdges chosen = new ChosenEdges((PruneScores) read.scores(), selection(read), edges);
        return new Export(read.config(), chosen, divisor(read));
    }

    private Selection selection(Read read) {
        SelectionSettings settings = select.settings();
        if (settings.isTuned()) {
            throw new InputException(
                    "--select ratio wants --ratio here, where no prompts can choose it; the manifest of a"
                            + " sweep with --select ratio has it, in selection");
        }
        settings.check(read.given());
        return settings.selection(0, () -> {
            try (Session session = Session.ofCommand("export")) {
                return settings.consistent(session.spark(), read.given(), read.scores());
            }
        });
    }

    private double divisor(Read read) {
        return perPrompt ? prompts(read.given()) : 1;
    }

    private void checkOptions() {
        boolean takesNoEdges = format == ExportFormat.AUTOCIRCUIT || format == ExportFormat.MIB_SUBMISSION;
        refuse("--edges", edges != null && takesNoEdges, "mib, graphml, dot or csv");
        boolean isMib = format == ExportFormat.MIB || format == ExportFormat.MIB_SUBMISSION;
        refuse("--circuits", circuits && !isMib, "mib or mib-submission");
        refuse("--per-prompt", perPrompt && !isMib, "mib or mib-submission");
        boolean isSubmission = format == ExportFormat.MIB_SUBMISSION;
        refuse("One of --task, --mib-model, --method", submission.isGiven() && !isSubmission, "mib-submission");
        refuse("More than one --scores", scores.size() > 1 && !isSubmission, "mib-submission");
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

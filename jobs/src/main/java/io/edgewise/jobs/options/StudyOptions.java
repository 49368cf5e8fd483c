package io.edgewise.jobs.options;

import io.edgewise.InputException;
import io.edgewise.jobs.input.FirstAnswers;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.score.ScoreMethod;
import io.edgewise.jobs.score.ScoreSettings;
import io.edgewise.jobs.study.StudyJob;
import io.edgewise.jobs.study.StudyTask;
import io.edgewise.jobs.sweep.Headline;
import io.edgewise.jobs.sweep.SweepSettings;
import io.edgewise.prompt.AnswerKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a study, except for its output. */
public final class StudyOptions {
    private static final int CONTROLS = 5;
    private static final List<Double> KEEP = List.of(Headline.ENOUGH);

    @Mixin
    private ModelOption model;

    @Mixin
    private PromptOptions prompts;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What to call the task of each --prompts, in their order (default: the file's name).")
    private @Nullable List<String> names;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "mask_gradient",
            description =
                    "How edges are scored: ${COMPLETION-CANDIDATES}. Repeatable: the report compares them (default:"
                            + " ${DEFAULT-VALUE}).")
    private List<ScoreMethod> methods;

    @Mixin
    private MethodOptions methodOptions;

    @Mixin
    private AblationOptions ablation;

    @Mixin
    private KnownEdgesOption knownEdges;

    @Mixin
    private CircuitOptions circuits;

    @Mixin
    private CheckOptions checks;

    @Mixin
    private GraphOptions graph;

    /** The job, checked as far as possible before Spark starts. */
    public StudyJob job() {
        List<String> known = knownEdges.edges();
        ModelSetup setup = graph.setup(model.setup());
        Map<String, ScoreSettings> settings = new LinkedHashMap<>();
        if (!methods.contains(ScoreMethod.EXACT) && methodOptions.choosesEdges()) {
            throw new InputException("--edges and --scores belong to --method exact; give it, or leave them out");
        }
        for (ScoreMethod method : methods) {
            settings.put(
                    method.name().toLowerCase(Locale.ROOT),
                    methodOptions.settings(method, ablation.ablation(), known, setup));
        }
        boolean fitsNumbers =
                settings.values().stream().anyMatch(method -> method.needs().answers() == AnswerKind.VALUES);
        List<StudyTask> tasks = tasks(uri -> circuits.settings(
                fitsNumbers ? AnswerKind.VALUES : FirstAnswers.kind(List.of(uri)),
                ablation.type(),
                KEEP,
                checks.checks(CONTROLS),
                known,
                null));
        tasks.forEach(task -> Prompts.check(setup, task.scoring()));
        return new StudyJob(setup, tasks, settings);
    }

    /** @param sweeps the settings of the sweep of each file */
    private List<StudyTask> tasks(Function<String, SweepSettings> sweeps) {
        PromptOptions.Halves halves = prompts.halves();
        List<String> uris = halves.scoring().uris();
        if (names != null && names.size() != uris.size()) {
            throw new InputException(
                    "--name wants one name for each of the " + uris.size() + " --prompts, got " + names.size());
        }
        List<StudyTask> tasks = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < uris.size(); i++) {
            List<String> file = List.of(uris.get(i));
            String name = names == null ? baseName(uris.get(i)) : names.get(i);
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                throw new InputException("--name names a directory, of letters, digits, '.', '_' and '-', got \"" + name
                        + "\" for " + uris.get(i) + "; give another --name");
            }
            if (StudyJob.TABLES.contains(name)) {
                throw new InputException("--name names a directory, but " + name
                        + " is a table of the study's, got it for " + uris.get(i) + "; give another --name");
            }
            if (!taken.add(name)) {
                throw new InputException("Two of the --prompts are called " + name + "; give each its own --name");
            }
            tasks.add(new StudyTask(
                    name, halves.scoring().of(file), halves.measuring().of(file), sweeps.apply(uris.get(i))));
        }
        return tasks;
    }

    private static String baseName(String uri) {
        return new Path(uri).getName().replaceFirst("\\..*", "");
    }
}

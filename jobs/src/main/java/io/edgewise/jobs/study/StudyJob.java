package io.edgewise.jobs.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.edgewise.graph.Level;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.GivenScores;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.jobs.input.Prompts;
import io.edgewise.jobs.report.ExactTable;
import io.edgewise.jobs.report.MethodComparison;
import io.edgewise.jobs.report.Report;
import io.edgewise.jobs.report.Study;
import io.edgewise.jobs.report.StudyFiles;
import io.edgewise.jobs.results.Agreement;
import io.edgewise.jobs.results.CorrelationTable;
import io.edgewise.jobs.results.Manifest;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.jobs.score.ScoreJob;
import io.edgewise.jobs.score.ScoreSettings;
import io.edgewise.jobs.sweep.MinimisedCircuit;
import io.edgewise.jobs.sweep.SweepJob;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.uncertainty.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The job of a study of a model: it scores the edges for every task by every method, measures the circuits on the task's other prompts, and
 * reports everything on one page. Its directory gets {@code TASK/METHOD/score}, {@code TASK/METHOD/sweep}, {@code report.html}, {@code methods/}
 * where there are several, and {@code manifest.json}, whose {@code headlines} have one sentence for each result.
 *
 * @param methods how edges are scored, by the name of the method
 */
public record StudyJob(ModelSetup model, List<StudyTask> tasks, Map<String, ScoreSettings> methods) {
    /** The key of a study's headlines in its manifest. */
    public static final String HEADLINES = "headlines";

    /** The names of a study's own tables, which no task can have. */
    public static final Set<String> TABLES = Set.of("correlations", "methods");

    private static final int NAMED_EDGES = 100;

    /** Checks that prompts can have the answers of both scores and circuits. */
    public StudyJob {
        tasks = List.copyOf(tasks);
        methods = new LinkedHashMap<>(methods);
        for (StudyTask task : tasks) {
            methods.values()
                    .forEach(method -> method.needs().and(task.circuits().needs()));
        }
    }

    /** The study's manifest, whose run id depends on everything that decides the results. */
    public Manifest manifest() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("tasks", tasks.stream().map(StudyTask::name).collect(Collectors.joining(",")));
        methods.forEach((name, settings) -> options.put("method " + name, text(settings.options())));
        for (StudyTask task : tasks) {
            Map<String, String> circuits = new LinkedHashMap<>();
            circuits.put("edge-counts", task.circuits().edgeCounts().toString());
            circuits.putAll(task.circuits().options());
            circuits.forEach((option, value) -> {
                String others = options.putIfAbsent(option, value);
                if (others != null && !others.equals(value)) {
                    options.put(option + " " + task.name(), value);
                }
            });
        }
        List<String> files =
                tasks.stream().flatMap(task -> task.scoring().uris().stream()).toList();
        PromptSelection all = tasks.get(0).scoring().of(files);
        return new Manifest("study", options, model, all);
    }

    private static String text(Map<String, String> options) {
        return options.entrySet().stream()
                .filter(option -> !option.getKey().equals("method"))
                .map(option -> "--" + option.getKey() + " " + option.getValue())
                .collect(Collectors.joining(" "));
    }

    /**
     * Runs the parts that aren't done yet, and completes the directory.
     *
     * @return one headline for each task and method
     */
    public List<String> run(JobRun run) {
        List<StudyFiles> done = new ArrayList<>();
        for (StudyTask task : tasks) {
            methods.forEach((method, settings) -> {
                String place = run.out().child(task.name() + "/" + method);
                scoreAndSweep(run, task, settings, place);
                String name = methods.size() == 1 ? task.name() : task.name() + ", " + method;
                done.add(new StudyFiles(name, place + "/score", place + "/sweep"));
            });
        }
        List<String> names = tasks.stream().map(StudyTask::name).toList();
        Report report = new Report(done);
        List<Study> studies = report.read(run.spark());
        List<MethodComparison> comparisons =
                new MethodComparisons(names, List.copyOf(methods.keySet())).write(run, done, studies);
        run.out().write("report.html", report.html(studies, comparisons, exactTables(run, done, studies)));
        List<String> headlines = new ArrayList<>();
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < done.size(); i++) {
            headlines.add(headline(studies.get(i), done.get(i).sweepDirectory()));
            json.add(headlines.get(i));
        }
        run.manifest().put(HEADLINES, json);
        run.complete();
        return headlines;
    }

    /** Compares the methods with exact patching and writes {@code correlations/}; empty where no method is exact or it is the only one. */
    private List<ExactTable> exactTables(JobRun run, List<StudyFiles> done, List<Study> studies) {
        List<Agreement> all = new ArrayList<>();
        List<ExactTable> tables = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            int first = task * methods.size();
            int end = first + methods.size();
            List<Agreement> agreements = new AgreementWithExact(model, methods)
                    .of(tasks.get(task).name(), done.subList(first, end), studies.subList(first, end));
            if (!agreements.isEmpty()) {
                all.addAll(agreements);
                List<String> names =
                        studies.subList(first, end).stream().map(Study::name).toList();
                tables.add(ExactTable.of(names, agreements));
            }
        }
        if (!all.isEmpty()) {
            run.table("correlations", CorrelationTable.of(run.spark(), all));
        }
        return tables;
    }

    /** Fails before anything is scored where the circuits couldn't be measured on any prompt. */
    private void checkMeasuring(JobRun run, StudyTask task, ScoreSettings settings) {
        PromptNeeds needs = task.circuits().needs();
        if (!settings.needs().cover(needs)) {
            Prompts.batches(run.spark(), model, task.measuring(), needs).close();
        }
    }

    private void scoreAndSweep(JobRun run, StudyTask task, ScoreSettings settings, String place) {
        checkMeasuring(run, task, settings);
        ScoreJob score = new ScoreJob(
                model,
                task.scoring(),
                settings,
                Level.EDGE,
                settings.tellsPrompts() ? task.circuits().checks().bootstrap() : Bootstrap.NONE,
                null);
        run.part(place + "/score", score.manifest(), score::run);
        SweepJob sweep = new SweepJob(model, task.measuring(), GivenScores.of(place + "/score"), task.circuits());
        SweepJob.Plan plan = sweep.plan();
        run.part(place + "/sweep", sweep.manifest(plan), part -> sweep.run(part, plan));
    }

    private static String headline(Study study, String sweep) {
        if (!study.showsTask()) {
            return study.name() + ": " + study.headline();
        }
        JsonNode manifest = ManifestFile.read(sweep);
        long prompts = manifest.at("/counts/prompts").asLong();
        String minimised = manifest.path(MinimisedCircuit.KEY).path("sentence").asText();
        int named = Math.min(
                study.chosenEdges(), Math.min(NAMED_EDGES, study.edges().size()));
        String edges = study.edges().subList(0, named).stream()
                .map(edge -> edge.source() + "->" + edge.destination()
                        + (edge.input().isEmpty() ? "" : "." + edge.input()))
                .collect(Collectors.joining(", "));
        return study.name() + ": " + study.headline() + ", measured on " + prompts + " held-out prompts\n  " + edges
                + (named < study.chosenEdges() ? ", ..." : "")
                + (minimised.isEmpty() ? "" : "\n  " + minimised);
    }
}

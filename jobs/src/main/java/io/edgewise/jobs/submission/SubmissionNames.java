package io.edgewise.jobs.submission;

import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tasks and models that results of a submission are said to be of, where that can't be seen.
 *
 * @param tasks one for each result, in their order; none where their names say it
 * @param models one for each result or one for all; none where their shapes or names say it
 */
public record SubmissionNames(List<String> tasks, List<String> models) {
    public SubmissionNames {
        tasks = List.copyOf(tasks);
        models = List.copyOf(models);
    }

    /**
     * Checks that there are as many names as results.
     *
     * @throws InputException where there aren't
     */
    public void check(List<SubmittedScores> results) {
        if (!tasks.isEmpty() && tasks.size() != results.size()) {
            throw new InputException("--task wants one name for each of the " + results.size() + " results, "
                    + results.stream().map(result -> result.scores().uri()).collect(Collectors.joining(", ")) + "; got "
                    + tasks.size());
        }
        if (models.size() > 1 && models.size() != results.size()) {
            throw new InputException("--mib-model wants one name for all results, or one for each of the "
                    + results.size() + "; got " + models.size());
        }
    }

    /**
     * The folder of a result.
     *
     * @param place of the result among all
     * @throws InputException where it isn't clear, or the benchmark has no such folder
     */
    public SubmissionFolder folder(int place, SubmittedScores result, TransformerConfig config) {
        String uri = result.scores().uri();
        BenchmarkTask task = tasks.isEmpty()
                ? result.task()
                        .orElseThrow(() -> new InputException("The name \"" + result.name() + "\" of " + uri
                                + " is none of the benchmark's tasks; give --task, one of " + BenchmarkTask.titles()))
                : BenchmarkTask.named(tasks.get(place))
                        .orElseThrow(unknown("--task", tasks.get(place), BenchmarkTask.titles()));
        BenchmarkModel model = models.isEmpty()
                ? BenchmarkModel.of(config)
                        .or(result::model)
                        .orElseThrow(() -> new InputException("The model of " + uri
                                + " has the shape of none of the benchmark's; give --mib-model, one of "
                                + BenchmarkModel.titles()))
                : model(models.get(models.size() == 1 ? 0 : place));
        model.check(config, uri);
        return new SubmissionFolder(task, model);
    }

    private static BenchmarkModel model(String name) {
        return BenchmarkModel.named(name).orElseThrow(unknown("--mib-model", name, BenchmarkModel.titles()));
    }

    private static Supplier<InputException> unknown(String option, String given, String known) {
        return () -> new InputException(option + " wants one of " + known + ", got " + given);
    }
}

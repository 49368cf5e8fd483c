package io.edgewise.jobs.options;

import io.edgewise.jobs.submission.SubmissionNames;
import io.edgewise.jobs.submission.SubmittedScores;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a submission to the MIB benchmark: which results it is of. */
public final class SubmissionOptions {
    @Option(
            names = "--task",
            paramLabel = "NAME",
            description =
                    "With mib-submission: the benchmark's task of each result, in their order: ioi, mcqa, arithmetic-addition,"
                            + " arithmetic-subtraction, arc-easy or arc-challenge (default: the study's task, or the name of the"
                            + " scores' directory).")
    private @Nullable List<String> tasks;

    @Option(
            names = "--mib-model",
            paramLabel = "NAME",
            description =
                    "With mib-submission: the benchmark's model of all results, or of each: gpt2, qwen2.5, gemma2, llama3 or"
                            + " interpbench (default: the one that has the shape).")
    private @Nullable List<String> models;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "With mib-submission: which method of a study that has several.")
    private @Nullable String method;

    /** Whether any was given. */
    public boolean isGiven() {
        return tasks != null || models != null || method != null;
    }

    /** The results that scores are. */
    public List<SubmittedScores> results(List<String> scores) {
        List<SubmittedScores> results = SubmittedScores.of(scores, method);
        names().check(results);
        return results;
    }

    /** What they are said to be of. */
    public SubmissionNames names() {
        return new SubmissionNames(tasks == null ? List.of() : tasks, models == null ? List.of() : models);
    }
}

package io.edgewise.jobs.submission;

import io.edgewise.InputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One of the folders of a submission: what was found for a task on a model. */
public record SubmissionFolder(BenchmarkTask task, BenchmarkModel model) {

    /** @throws InputException where the benchmark doesn't measure the task on the model */
    public SubmissionFolder {
        if (!task.models().contains(model)) {
            throw new InputException("The benchmark doesn't measure " + task.title() + " on " + model.title()
                    + "; its folders are " + titles());
        }
    }

    /** Its name, such as {@code arc-easy_llama3}. */
    String title() {
        return task.title() + "_" + model.title();
    }

    /** The folder of a name. */
    static Optional<SubmissionFolder> named(String name) {
        return all().filter(folder -> folder.title().equals(name)).findFirst();
    }

    static String titles() {
        return all().map(SubmissionFolder::title).collect(Collectors.joining(", "));
    }

    private static Stream<SubmissionFolder> all() {
        return Arrays.stream(BenchmarkTask.values())
                .flatMap(task -> task.models().stream().map(model -> new SubmissionFolder(task, model)));
    }
}

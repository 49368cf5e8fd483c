package io.edgewise.jobs.submission;

import static io.edgewise.jobs.submission.BenchmarkModel.GEMMA2;
import static io.edgewise.jobs.submission.BenchmarkModel.GPT2;
import static io.edgewise.jobs.submission.BenchmarkModel.INTERPBENCH;
import static io.edgewise.jobs.submission.BenchmarkModel.LLAMA3;
import static io.edgewise.jobs.submission.BenchmarkModel.QWEN2_5;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tasks of the MIB benchmark's circuit localization track, each with the models that it is measured on. */
public enum BenchmarkTask {
    IOI(GPT2, QWEN2_5, GEMMA2, LLAMA3, INTERPBENCH),
    MCQA(QWEN2_5, GEMMA2, LLAMA3),
    ARITHMETIC_ADDITION(LLAMA3),
    ARITHMETIC_SUBTRACTION(LLAMA3),
    ARC_EASY(GEMMA2, LLAMA3),
    ARC_CHALLENGE(LLAMA3);

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that nobody changes
    private final List<BenchmarkModel> models;

    BenchmarkTask(BenchmarkModel... models) {
        this.models = List.of(models);
    }

    List<BenchmarkModel> models() {
        return models;
    }

    /** Its name in that of a folder. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The task of a name, in which {@code _} may stand for {@code -}, as in the benchmark's own commands. */
    static Optional<BenchmarkTask> named(String name) {
        return Arrays.stream(values())
                .filter(task -> task.title().equals(name.replace('_', '-')))
                .findFirst();
    }

    /** All names. */
    public static String titles() {
        return Arrays.stream(values()).map(BenchmarkTask::title).collect(Collectors.joining(", "));
    }
}

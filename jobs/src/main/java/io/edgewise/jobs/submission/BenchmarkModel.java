package io.edgewise.jobs.submission;

import io.edgewise.InputException;
import io.edgewise.jobs.input.MibShape;
import io.edgewise.model.config.TransformerConfig;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The models of the MIB benchmark. */
public enum BenchmarkModel {
    GPT2("gpt2", "gpt2", new MibShape(12, 12, false, 768), 50_257, 1_024),
    QWEN2_5("qwen2.5", "qwen2", new MibShape(24, 14, false, 896), 151_936, 32_768),
    GEMMA2("gemma2", "gemma2", new MibShape(26, 8, false, 2304), 256_000, 8_192),
    LLAMA3("llama3", "llama", new MibShape(32, 32, false, 4096), 128_256, 131_072),
    /** Trained by the benchmark's authors to have a known circuit; its files say its shape. */
    INTERPBENCH("interpbench", "", null, 0, 0);

    private final String title;
    private final String modelType;

    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    private final @Nullable MibShape shape;

    private final int vocabulary;
    private final int positions;

    BenchmarkModel(String title, String modelType, @Nullable MibShape shape, int vocabulary, int positions) {
        this.title = title;
        this.modelType = modelType;
        this.shape = shape;
        this.vocabulary = vocabulary;
        this.positions = positions;
    }

    /** The benchmark's name of it. */
    public String title() {
        return title;
    }

    /** Its shape; null where only its files say it. */
    @Nullable
    MibShape shape() {
        return shape;
    }

    /** The model of a name. */
    static Optional<BenchmarkModel> named(String name) {
        return Arrays.stream(values()).filter(model -> model.title.equals(name)).findFirst();
    }

    /** All names. */
    public static String titles() {
        return Arrays.stream(values()).map(BenchmarkModel::title).collect(Collectors.joining(", "));
    }

    /** The model that has a configuration. Models that were trained further have that of the model they were made from. */
    static Optional<BenchmarkModel> of(TransformerConfig config) {
        return Arrays.stream(values())
                .filter(model -> model.modelType.equals(config.modelType())
                        && MibShape.of(config).equals(model.shape)
                        && model.vocabulary == config.vocabulary()
                        && model.positions == config.positions())
                .findFirst();
    }

    /**
     * Checks that a configuration can be this model's.
     *
     * @throws InputException where it has another shape
     */
    void check(TransformerConfig config, String scores) {
        MibShape given = MibShape.of(config);
        if (shape != null && !shape.equals(given)) {
            throw new InputException("The benchmark's " + title + " has " + words(shape) + "; the model of " + scores
                    + " has " + words(given) + ": give another --mib-model, or the scores of " + title);
        }
    }

    private static String words(MibShape shape) {
        return shape.layers() + " layers of " + shape.heads() + " heads, " + shape.width() + " wide"
                + (shape.isParallel() ? ", with parallel MLPs" : "");
    }
}

package io.edgewise.spark.batch;

import io.edgewise.model.PatchableModel;
import io.edgewise.model.PlainPasses;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import java.util.Arrays;
import org.apache.spark.api.java.function.Function;

/** A function that times a forward pass on a batch: the median of a few, in seconds. */
public record TimeForward(ModelSource model) implements Function<PromptBatch, Double> {
    private static final int ROUNDS = 3;
    private static final double NANOSECONDS = 1e9;

    @Override
    public Double call(PromptBatch batch) {
        PatchableModel loaded = ExecutorModels.get(model);
        PlainPasses passes = new PlainPasses(loaded, batch);
        passes.forward();
        double[] seconds = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            passes.forward();
            seconds[round] = (System.nanoTime() - start) / NANOSECONDS;
        }
        Arrays.sort(seconds);
        return seconds[ROUNDS / 2];
    }
}

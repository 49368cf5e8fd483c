package io.edgewise.spark.batch;

import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.reduce.BatchVector;
import io.edgewise.score.TaskCount;
import io.edgewise.spark.model.ExecutorModels;
import io.edgewise.spark.model.ModelSource;
import java.util.function.Function;

/** A function that counts how often the whole model is right on each batch. */
public record CountRightAnswers(ModelSource model) implements BatchFunction {
    @Override
    public Function<BatchPieces, BatchVector> open() {
        PatchableModel loaded = ExecutorModels.get(model);
        return pieces -> TaskCount.of(loaded, pieces);
    }
}

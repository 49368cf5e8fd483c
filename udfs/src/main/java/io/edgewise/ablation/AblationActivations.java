package io.edgewise.ablation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the activations that ablated edges carry; AutoCircuit's {@code src_ablations}.
 *
 * @param mean the mean over the data set, for the types that use one; else null
 */
public record AblationActivations(Ablation ablation, @Nullable DatasetMean mean) implements Serializable {
    public AblationActivations {
        AblationType type = ablation.type();
        if (type.meanOver().isEmpty() != (mean == null)) {
            throw new IllegalArgumentException(
                    type + (mean == null ? " needs a mean over the data set" : " needs no mean over the data set"));
        }
    }

    /** The activations of a type that isn't a mean over the data set. */
    public static AblationActivations of(Ablation ablation) {
        return new AblationActivations(ablation, null);
    }

    /** The activations for one batch, {@code [source, batch, seq, d_model]}, in the caller's scope. */
    public NDArray on(PatchableModel model, PromptBatch batch) {
        return BatchAblation.of(this, model, BatchPieces.whole(batch)).on(model, batch);
    }

    /** The activations of types that take no mean over the batch. */
    NDArray withoutBatchMean(PatchableModel model, PromptBatch batch) {
        return switch (ablation.type()) {
            case RESAMPLE -> model.sources(model.tokens(batch, Objects.requireNonNull(ablation.side())));
            case ZERO ->
                model.zeros(new Shape(
                        model.graph().sources().size(),
                        batch.size(),
                        batch.length(),
                        model.config().modelWidth()));
            case TOKENWISE_MEAN_CLEAN, TOKENWISE_MEAN_CORRUPT, TOKENWISE_MEAN_CLEAN_AND_CORRUPT ->
                Objects.requireNonNull(mean).activations(model, batch);
            case BATCH_TOKENWISE_MEAN, BATCH_ALL_TOK_MEAN ->
                throw new IllegalStateException(ablation.type() + " takes a mean over the batch");
        };
    }

    /** The same activations, copied to Java memory, row-major. */
    public float[] valuesOn(PatchableModel model, PromptBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return on(model, batch).toFloatArray();
        }
    }
}

package io.edgewise.ablation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.Tokens;
import io.edgewise.prompt.PromptBatch;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the activations that ablated edges carry; AutoCircuit's {@code src_ablations}.
 *
 * @param mean over the data set where the type is one, else null
 */
public record AblationActivations(Ablation ablation, @Nullable DatasetMean mean) implements Serializable {
    public AblationActivations {
        AblationType type = ablation.type();
        if (type.meanOver().isEmpty() != (mean == null)) {
            throw new IllegalArgumentException(
                    type + (mean == null ? " needs a mean over the data set" : " needs no mean over the data set"));
        }
    }

    /** Of a type that is no mean over a data set. */
    public static AblationActivations of(Ablation ablation) {
        return new AblationActivations(ablation, null);
    }

    /** The activations for one batch, {@code [source, batch, seq, d_model]}, in the caller's scope. */
    public NDArray on(PatchableModel model, PromptBatch batch) {
        Shape shape = new Shape(
                model.graph().sources().size(),
                batch.size(),
                batch.length(),
                model.config().modelWidth());
        return switch (ablation.type()) {
            case RESAMPLE -> sources(model, batch);
            case BATCH_TOKENWISE_MEAN -> mean(model, batch, new int[] {1}).broadcast(shape);
            case BATCH_ALL_TOK_MEAN -> mean(model, batch, new int[] {1, 2}).broadcast(shape);
            case ZERO -> model.zeros(shape);
            case TOKENWISE_MEAN_CLEAN, TOKENWISE_MEAN_CORRUPT, TOKENWISE_MEAN_CLEAN_AND_CORRUPT ->
                Objects.requireNonNull(mean).activations(model, batch);
        };
    }

    /** The same in Java memory, row-major. */
    public float[] valuesOn(PatchableModel model, PromptBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return on(model, batch).toFloatArray();
        }
    }

    private NDArray sources(PatchableModel model, PromptBatch batch) {
        return model.sources(model.tokens(batch, Objects.requireNonNull(ablation.side())));
    }

    /** The mean over some axes, of tokens alone: padding counts for nothing. */
    private NDArray mean(PatchableModel model, PromptBatch batch, int[] axes) {
        NDArray sources = sources(model, batch);
        if (!batch.hasPads()) {
            for (int axis : axes) {
                sources = sources.mean(new int[] {axis}, true);
            }
            return sources;
        }
        Tokens tokens = model.tokens(batch, Objects.requireNonNull(ablation.side()));
        NDArray real = model.create(tokens.real(), new Shape(1, tokens.batch(), tokens.length(), 1));
        return sources.mul(real).sum(axes, true).div(real.sum(axes, true).maximum(1));
    }
}

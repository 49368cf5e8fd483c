package io.edgewise.ablation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchVector;
import java.io.Serializable;
import java.util.List;

/**
 * The mean output of every source at every position over a data set. Every prompt that has the position counts the same; AutoCircuit takes
 * the mean of the batches' means.
 *
 * @param values row-major {@code [source, position, d_model]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record DatasetMean(int sources, int positions, int width, float[] values) implements Serializable {
    public DatasetMean {
        if (values.length != sources * positions * width) {
            throw new IllegalArgumentException("A mean of " + sources + " sources, " + positions
                    + " positions and width " + width + " doesn't have " + values.length + " values");
        }
    }

    /** How many numbers one batch adds. */
    public static int sumCount(int sources, int positions, int width) {
        return Math.addExact(Math.multiplyExact(sources, positions * width), positions);
    }

    /**
     * What one batch adds: the sums {@code [source, position, d_model]}, then how many prompts had each position.
     *
     * @param sides the prompts to take the mean over
     * @param positions tokens of the longest prompt of the data set
     */
    public static BatchVector sums(PatchableModel model, BatchPieces batch, List<PromptSide> sides, int positions) {
        int sources = model.graph().sources().size();
        double[] sums = new double[sumCount(sources, positions, model.config().modelWidth())];
        batch.pieces().forEach(piece -> addSums(model, piece, sides, sums));
        return new BatchVector(batch.whole().index(), batch.whole().size(), sums);
    }

    private static void addSums(PatchableModel model, PromptBatch batch, List<PromptSide> sides, double[] sums) {
        int width = model.config().modelWidth();
        int sources = model.graph().sources().size();
        int positions = sums.length / (sources * width + 1);
        for (PromptSide side : sides) {
            float[] values = sumOverPrompts(model, batch, side);
            int block = batch.length() * width;
            for (int source = 0; source < sources; source++) {
                for (int i = 0; i < block; i++) {
                    sums[source * positions * width + i] += values[source * block + i];
                }
            }
            for (int position = 0; position < batch.length(); position++) {
                sums[sources * positions * width + position] += promptsWith(batch, position);
            }
        }
    }

    private static float[] sumOverPrompts(PatchableModel model, PromptBatch batch, PromptSide side) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Tokens tokens = model.tokens(batch, side);
            NDArray values = model.sources(tokens);
            if (batch.hasPads()) {
                values = values.mul(model.create(tokens.real(), new Shape(1, tokens.batch(), tokens.length(), 1)));
            }
            return values.sum(new int[] {1}).toFloatArray();
        }
    }

    private static long promptsWith(PromptBatch batch, int position) {
        return batch.pads().stream().filter(pad -> pad <= position).count();
    }

    /** The mean, from the sums over all batches. */
    public static DatasetMean of(int sources, int positions, int width, double[] sums) {
        float[] values = new float[sources * positions * width];
        for (int i = 0; i < values.length; i++) {
            int position = i / width % positions;
            values[i] = (float) (sums[i] / Math.max(1, sums[values.length + position]));
        }
        return new DatasetMean(sources, positions, width, values);
    }

    /** The means at the positions of a batch, {@code [source, batch, seq, d_model]}. */
    NDArray activations(PatchableModel model, PromptBatch batch) {
        NDArray all = model.create(values, new Shape(sources, 1, positions, width));
        return all.get(":, :, 0:{}", batch.length()).broadcast(new Shape(sources, batch.size(), batch.length(), width));
    }
}

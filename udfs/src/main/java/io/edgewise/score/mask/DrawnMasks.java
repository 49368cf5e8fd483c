package io.edgewise.score.mask;

import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.PromptMasks;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.score.mask.MaskNoise.Draw;
import io.edgewise.score.mask.MaskNoise.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * The masks of one step on some prompts.
 *
 * @param slopes the derivative of each mask by its parameter, for all prompts together or for each
 */
record DrawnMasks(PromptMasks masks, List<float[]> slopes) {

    static DrawnMasks of(ModelGraph graph, MaskObjective objective, double[] theta, int step, PromptBatch batch) {
        List<float[]> masks = new ArrayList<>();
        List<float[]> slopes = new ArrayList<>();
        boolean isShared = objective.sharesDraws() || !objective.function().isRandom();
        for (int prompt = 0; prompt < (isShared ? 1 : batch.size()); prompt++) {
            long key = isShared ? 0 : batch.pairs().get(prompt).key();
            float[] ofOne = new float[theta.length];
            float[] slopesOfOne = new float[theta.length];
            draw(objective, theta, step, key, ofOne, slopesOfOne);
            masks.add(ofOne);
            slopes.add(slopesOfOne);
        }
        return new DrawnMasks(new PromptMasks(graph, masks), slopes);
    }

    private static void draw(
            MaskObjective objective, double[] theta, int step, long key, float[] masks, float[] slopes) {
        Draw draw = objective.noise().draw(Purpose.RUN, step, key);
        Draw dropout = objective.noise().draw(Purpose.DROPOUT, step, key);
        for (int edge = 0; edge < theta.length; edge++) {
            double mask = objective.function().of(theta[edge], draw.uniform(edge));
            double left = 1;
            if (objective.dropout() > 0) {
                left = dropout.uniform(edge) < objective.dropout() ? 0 : 1 / (1 - objective.dropout());
            }
            masks[edge] = (float) (left * mask);
            slopes[edge] = (float) (left * objective.function().slopeAt(mask));
        }
    }

    /**
     * Adds the gradient by the parameters.
     *
     * @param ofMasks the gradient by the masks, for all prompts together or for each
     * @param sums one number per edge
     */
    void addTo(double[] sums, double[][] ofMasks, double weight) {
        for (int prompt = 0; prompt < ofMasks.length; prompt++) {
            for (int edge = 0; edge < slopes.get(prompt).length; edge++) {
                sums[edge] += weight * slopes.get(prompt)[edge] * ofMasks[prompt][edge];
            }
        }
    }
}

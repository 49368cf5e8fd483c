package io.edgewise.score.mask;

import java.util.Arrays;
import java.util.List;

/**
 * Scores by the smallest circuit that an edge belongs to; AutoCircuit's {@code circuit_probing_prune_scores}. Masks are trained for circuits of
 * several sizes; an edge of the smallest circuit scores as many points as there are sizes, an edge of the next one point less, and an edge of no
 * circuit 0.
 *
 * @param sizes ascending
 */
public record SmallestCircuits(List<Integer> sizes) {
    public SmallestCircuits {
        sizes = List.copyOf(sizes);
    }

    /**
     * The scores.
     *
     * @param trained for each size, the scores of the masks that were trained for it
     */
    public double[] scores(List<double[]> trained) {
        double[] scores = new double[trained.get(0).length];
        for (int place = 0; place < sizes.size(); place++) {
            double[] ofSize = trained.get(place);
            float[] sorted = new float[ofSize.length];
            for (int edge = 0; edge < sorted.length; edge++) {
                sorted[edge] = (float) ofSize[edge];
            }
            float[] single = sorted.clone();
            Arrays.sort(sorted);
            float threshold = sorted[Math.max(0, sorted.length - sizes.get(place))];
            for (int edge = 0; edge < scores.length; edge++) {
                if (single[edge] >= threshold && scores[edge] == 0) {
                    scores[edge] = sizes.size() - place;
                }
            }
        }
        return scores;
    }
}

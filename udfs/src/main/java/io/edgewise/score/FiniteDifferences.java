package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.EdgeVector;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.MaskGradients;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.layer.Tokens;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A check of mask gradients: how much the loss changes when a few edges' masks are moved. It computes the same numbers in another way, edge
 * by edge and without any closed form.
 *
 * @param edges how many edges, drawn at random among those whose gradient is large enough
 */
public record FiniteDifferences(MaskGradient scorer, int edges, long seed) implements Serializable {
    /** The step in the mask, wide enough for float32. The curvature of the loss is removed by a second step, half as wide. */
    private static final double STEP = 0.05;
    /** Gradients smaller than this fraction of the largest are lost in rounding. */
    private static final double COUNTS = 0.01;

    /**
     * Whether the check applies: the gradient that is taken must be the loss's own. {@code logit_exp} treats its denominator as a constant.
     */
    public boolean serve() {
        return scorer.gradFunction() != GradFunction.LOGIT_EXP;
    }

    /** The largest difference between a gradient and finite differences, as a fraction of the largest gradient of all edges. */
    public double deviation(PatchableModel model, PromptBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            double[] points = scorer.maskValue().points().toArray();
            double mask = points[points.length / 2];
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            NDArray patch = scorer.ablation().on(model, batch);
            UnaryOperator<NDArray> loss = scorer.loss(model, batch);
            double[] gradients = new MaskGradients(model).of(tokens, patch, mask, loss);
            double largest = Arrays.stream(gradients).map(Math::abs).max().orElse(0);
            Line line = (edge, step) -> {
                EdgeMask moved = moved(model.graph(), mask, edge, step);
                return loss.apply(model.runPatched(tokens, patch, moved)).getFloat();
            };
            return drawn(gradients, largest)
                    .mapToDouble(edge -> Math.abs(slope(line, edge) - gradients[edge]) / largest)
                    .max()
                    .orElse(Double.NaN);
        }
    }

    /** The loss as a function of one edge's mask. */
    private interface Line {
        double at(int edge, double step);
    }

    private IntStream drawn(double[] gradients, double largest) {
        int[] counting = IntStream.range(0, gradients.length)
                .filter(edge -> largest > 0 && Math.abs(gradients[edge]) >= COUNTS * largest)
                .toArray();
        return counting.length == 0
                ? IntStream.empty()
                : new Random(seed)
                        .ints(0, counting.length)
                        .distinct()
                        .limit(Math.min(edges, counting.length))
                        .map(i -> counting[i]);
    }

    private static double slope(Line line, int edge) {
        double wide = (line.at(edge, STEP) - line.at(edge, -STEP)) / (2 * STEP);
        double narrow = (line.at(edge, STEP / 2) - line.at(edge, -STEP / 2)) / STEP;
        return (4 * narrow - wide) / 3;
    }

    private static EdgeMask moved(ModelGraph graph, double mask, int edge, double step) {
        double[] values = new double[graph.edgeCount()];
        Arrays.fill(values, mask);
        values[edge] += step;
        return new EdgeMask(EdgeVector.of(graph, values));
    }
}

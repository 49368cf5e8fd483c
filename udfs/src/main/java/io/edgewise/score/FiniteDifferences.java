package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.EdgeVector;
import io.edgewise.graph.ModelGraph;
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
 * A check of mask gradients: how much the loss changes when a few edges' masks are moved. It reaches the same numbers another
 * way, edge by edge and without any closed form.
 *
 * @param edges how many, drawn at random among those whose gradient counts
 */
public record FiniteDifferences(MaskGradient scorer, int edges, long seed) implements Serializable {
    /** Wide enough for float32; what the loss bends over it is taken out by a second, half as wide. */
    private static final double STEP = 0.05;
    /** Gradients smaller than this part of the largest drown in rounding. */
    private static final double COUNTS = 0.01;

    /** Whether the loss has the gradient that is taken: {@code logit_exp} holds its denominator still. */
    public boolean serve() {
        return scorer.gradFunction() != GradFunction.LOGIT_EXP;
    }

    /** The largest difference between a gradient and finite differences, in parts of the largest gradient of all edges. */
    public double deviation(PatchableModel model, PromptBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            double[] points = scorer.maskValue().points().toArray();
            double mask = points[points.length / 2];
            Tokens tokens = model.tokens(batch, PromptSide.CLEAN);
            NDArray patch = scorer.ablation().on(model, batch);
            UnaryOperator<NDArray> loss = scorer.loss(model, batch);
            double[] gradients = model.maskGradients(tokens, patch, mask, loss);
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

    /** The loss along one edge's mask. */
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

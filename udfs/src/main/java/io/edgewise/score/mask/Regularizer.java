package io.edgewise.score.mask;

import io.edgewise.score.mask.MaskNoise.Draw;
import io.edgewise.score.mask.MaskNoise.Purpose;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The price of a circuit's edges, as AutoCircuit has it: {@code lambda * n / edges}, or, with a circuit size, {@code lambda * max(0, n - size) / size}.
 * n is the sum of the masks, or all edges less that where masks ablate. Random masks are drawn once more, for all prompts.
 *
 * @param lambda its weight
 * @param circuitSize edges that cost nothing; null for none
 * @param avoided edges that the circuit had better not have, by their indices
 * @param avoidLambda the weight of their mean penalty
 */
public record Regularizer(double lambda, @Nullable Integer circuitSize, List<Integer> avoided, double avoidLambda)
        implements Serializable {
    public Regularizer {
        avoided = List.copyOf(avoided);
    }

    SizeTerm of(MaskObjective objective, double[] theta, int step) {
        Draw draw = objective.noise().draw(Purpose.SIZE, step, 0);
        int sign = objective.isTree() ? -1 : 1;
        double edges = objective.isTree() ? theta.length : 0;
        double[] masks = new double[theta.length];
        for (int edge = 0; edge < theta.length; edge++) {
            masks[edge] = objective.function().of(theta[edge], draw.uniform(edge));
            edges += sign * masks[edge];
        }
        double over = circuitSize == null ? edges : Math.max(0, edges - circuitSize);
        double each = lambda / (circuitSize == null ? theta.length : circuitSize);
        double[] gradient = new double[theta.length];
        boolean isFree = circuitSize != null && over == 0;
        for (int edge = 0; edge < theta.length && !isFree; edge++) {
            gradient[edge] = sign * each * objective.function().slopeAt(masks[edge]);
        }
        double value = each * over;
        for (int edge : avoided) {
            double weight = sign * lambda * avoidLambda / avoided.size();
            value += weight * objective.function().penalty(theta[edge]);
            gradient[edge] += weight * objective.function().penaltySlope(theta[edge]);
        }
        return new SizeTerm(value, edges, gradient);
    }
}

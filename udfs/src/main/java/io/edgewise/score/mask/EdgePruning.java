package io.edgewise.score.mask;

import io.edgewise.score.mask.MaskNoise.Draw;
import io.edgewise.score.mask.MaskNoise.Purpose;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Edge Pruning (Bhaskar et al. 2024): masks of the clean run, all prompts of a step sharing a draw, held to a sparsity by a Lagrangian. With the
 * sparsity s, the share of ablated edges, and its target t the loss is {@code faithfulness + l1 (s - t) + l2 (s - t)^2}; masks go down its gradient,
 * l1 and l2 up. The target rises from 0 over five sixths of the steps. The learning rate rises over the first fifteenth of them, then falls to 0.
 *
 * <p>An edge's parameter is the negative of its log alpha there, since masks ablate here and keep there. l1 and l2 follow the edges' parameters.
 * The masks of nodes are left out.
 *
 * @param objective whose masks are random and ablate
 * @param circuitSize how many edges are kept in the end
 * @param start where the log alphas begin, give or take a hundredth
 */
public record EdgePruning(
        MaskObjective objective, int circuitSize, double learningRate, int epochs, double start, int batchesPerStep)
        implements MaskTraining, Serializable {
    private static final int MULTIPLIERS = 2;
    private static final double SPREAD = 0.01;
    private static final double DECAY = 0.01;
    /** Of the 3,000 steps there, 200 warm up the learning rate and 2,500 the target. */
    private static final double WARM_UP = 200.0 / 3000;

    private static final double TARGET_WARM_UP = 2500.0 / 3000;

    @Override
    public int steps(int batches) {
        return Math.multiplyExact(epochs, stepsPerEpoch(batches));
    }

    @Override
    public MaskState begin(int edges) {
        double[] theta = new double[edges + MULTIPLIERS];
        Draw radius = objective.noise().draw(Purpose.START, 0, 0);
        Draw angle = objective.noise().draw(Purpose.START, 1, 0);
        for (int edge = 0; edge < edges; edge++) {
            double normal = StrictMath.sqrt(-2 * StrictMath.log(1 - radius.uniform(edge)))
                    * StrictMath.cos(2 * Math.PI * angle.uniform(edge));
            theta[edge] = -(start + SPREAD * normal);
        }
        return new MaskState(0, theta, new double[theta.length], new double[theta.length]);
    }

    @Override
    public MaskStep next(MaskState state) {
        return new MaskStep(objective, ofEdges(state), state.step());
    }

    private static double[] ofEdges(MaskState state) {
        return Arrays.copyOf(state.theta(), state.theta().length - MULTIPLIERS);
    }

    @Override
    public Taken take(MaskState state, double[] sums, long prompts, int batches) {
        double[] theta = ofEdges(state);
        int edges = theta.length;
        int steps = steps(batches);
        Draw draw = objective.noise().draw(Purpose.RUN, state.step(), 0);
        double ablated = 0;
        double[] masks = new double[edges];
        for (int edge = 0; edge < edges; edge++) {
            masks[edge] = objective.function().of(theta[edge], draw.uniform(edge));
            ablated += masks[edge];
        }
        double over = ablated / edges - target(state.step(), steps, edges);
        double first = state.theta()[edges];
        double second = state.theta()[edges + 1];
        double slope = (first + 2 * second * over) / edges;
        double[] gradient = new double[edges + MULTIPLIERS];
        for (int edge = 0; edge < edges; edge++) {
            gradient[edge] = sums[edge] / prompts + slope * objective.function().slopeAt(masks[edge]);
        }
        gradient[edges] = -over;
        gradient[edges + 1] = -over * over;
        double faithfulness = sums[edges] / prompts;
        double price = first * over + second * over * over;
        double rate = rate(state.step(), steps);
        return new Taken(
                decayed(state, rate).descended(gradient, rate),
                new TrainingPoint(
                        state.step() + 1,
                        state.step() / stepsPerEpoch(batches) + 1,
                        faithfulness + price,
                        faithfulness,
                        price,
                        edges - ablated,
                        Double.NaN));
    }

    private double target(int step, int steps, int edges) {
        double end = 1 - (double) circuitSize / edges;
        return end * Math.min(1, step / (TARGET_WARM_UP * steps));
    }

    private double rate(int step, int steps) {
        double done = (double) (step + 1) / (steps + 1);
        return learningRate * Math.min(done / WARM_UP, (1 - done) / (1 - WARM_UP));
    }

    /** AdamW's decay, apart from the gradient. */
    private static MaskState decayed(MaskState state, double rate) {
        double[] theta = state.theta().clone();
        for (int i = 0; i < theta.length; i++) {
            theta[i] *= 1 - rate * DECAY;
        }
        return new MaskState(state.step(), theta, state.mean(), state.square());
    }

    @Override
    public double[] scores(MaskState state) {
        double[] scores = ofEdges(state);
        double most = Math.abs(Arrays.stream(scores).max().orElse(0));
        Arrays.setAll(scores, edge -> most - scores[edge]);
        return scores;
    }
}

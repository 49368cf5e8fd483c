package io.edgewise.score.mask;

import java.util.Arrays;

/**
 * How far training has come: the parameters, and Adam's means (Kingma & Ba 2015). Immutable.
 *
 * @param step how many steps were taken
 * @param theta the parameter of each edge's mask
 * @param mean the running mean of each gradient
 * @param square the running mean of each gradient's square
 */
@SuppressWarnings("ArrayRecordComponent")
public record MaskState(int step, double[] theta, double[] mean, double[] square) {
    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.999;
    private static final double EPSILON = 1e-8;

    /** The state before the first step. */
    public static MaskState filled(int edges, double theta) {
        double[] all = new double[edges];
        Arrays.fill(all, theta);
        return new MaskState(0, all, new double[edges], new double[edges]);
    }

    /** One step down the gradient. */
    MaskState descended(double[] gradient, double learningRate) {
        double ofMean = 1 - StrictMath.pow(MEAN_DECAY, step + 1);
        double ofSquare = 1 - StrictMath.pow(SQUARE_DECAY, step + 1);
        double[] nextTheta = new double[theta.length];
        double[] nextMean = new double[theta.length];
        double[] nextSquare = new double[theta.length];
        for (int edge = 0; edge < theta.length; edge++) {
            nextMean[edge] = MEAN_DECAY * mean[edge] + (1 - MEAN_DECAY) * gradient[edge];
            nextSquare[edge] = SQUARE_DECAY * square[edge] + (1 - SQUARE_DECAY) * gradient[edge] * gradient[edge];
            double root = Math.sqrt(nextSquare[edge] / ofSquare) + EPSILON;
            nextTheta[edge] = theta[edge] - learningRate * (nextMean[edge] / ofMean) / root;
        }
        return new MaskState(step + 1, nextTheta, nextMean, nextSquare);
    }
}

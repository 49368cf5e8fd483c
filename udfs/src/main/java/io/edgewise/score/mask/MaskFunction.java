package io.edgewise.score.mask;

/** What makes an edge's mask of its parameter theta; AutoCircuit's {@code mask_fn}. */
public enum MaskFunction {
    /** The parameter itself. */
    NONE {
        @Override
        double of(double theta, double uniform) {
            return theta;
        }

        @Override
        double slopeAt(double mask) {
            return 1;
        }

        @Override
        double penalty(double theta) {
            return theta;
        }

        @Override
        double penaltySlope(double theta) {
            return 1;
        }
    },
    /** The sigmoid of the parameter. */
    SIGMOID {
        @Override
        double of(double theta, double uniform) {
            return sigmoid(theta);
        }

        @Override
        double slopeAt(double mask) {
            return mask * (1 - mask);
        }

        @Override
        double penalty(double theta) {
            return sigmoid(theta);
        }

        @Override
        double penaltySlope(double theta) {
            return sigmoidSlope(theta);
        }
    },
    /**
     * A random number from 0 to 1, often exactly 0 or 1 (Louizos et al. 2017): with u uniform, {@code s = sigmoid((ln u - ln(1 - u) + theta) / (2/3))},
     * stretched from [0, 1] to [-0.1, 1.1] and cut to [0, 1].
     */
    HARD_CONCRETE {
        @Override
        double of(double theta, double uniform) {
            return cut(stretched(theta, uniform));
        }

        @Override
        double slopeAt(double mask) {
            double share = (mask - LOW) / WIDTH;
            return mask == 0 || mask == 1 ? 0 : WIDTH * share * (1 - share) / TEMPERATURE;
        }

        /** The probability that the mask is greater than 0. */
        @Override
        double penalty(double theta) {
            return sigmoid(theta - ZERO_AT);
        }

        @Override
        double penaltySlope(double theta) {
            return sigmoidSlope(theta - ZERO_AT);
        }

        @Override
        double middle(double theta) {
            return cut(WIDTH * sigmoid(theta) + LOW);
        }
    };

    private static final double LOW = -0.1;
    private static final double WIDTH = 1.2;
    private static final double TEMPERATURE = 2.0 / 3;
    private static final double LEAST = 1e-4;
    private static final double ZERO_AT = TEMPERATURE * StrictMath.log(0.1 / 1.1);

    /** The parameter at which the mask of AutoCircuit begins: the one for which 5 of 6 parts of the stretched interval lie below. */
    public static final double START = StrictMath.log(5);

    /** Whether a mask is drawn anew for every prompt and step. */
    public boolean isRandom() {
        return this == HARD_CONCRETE;
    }

    /**
     * The mask.
     *
     * @param uniform a random number from 0 to 1, used where masks are random
     */
    abstract double of(double theta, double uniform);

    /** The derivative by the parameter, where the mask is this. */
    abstract double slopeAt(double mask);

    /** How much an edge that is to be avoided costs. */
    abstract double penalty(double theta);

    /** The derivative of the penalty by the parameter. */
    abstract double penaltySlope(double theta);

    /** The mask without chance: what stands for all draws when nothing is trained. */
    double middle(double theta) {
        return of(theta, 0.5);
    }

    private static double stretched(double theta, double uniform) {
        double inside = Math.max(LEAST, Math.min(1 - LEAST, uniform));
        double logit = StrictMath.log(inside) - StrictMath.log(1 - inside);
        return WIDTH * sigmoid((logit + theta) / TEMPERATURE) + LOW;
    }

    private static double cut(double value) {
        return Math.max(0, Math.min(1, value));
    }

    private static double sigmoid(double value) {
        return 1 / (1 + StrictMath.exp(-value));
    }

    private static double sigmoidSlope(double value) {
        double share = sigmoid(value);
        return share * (1 - share);
    }
}

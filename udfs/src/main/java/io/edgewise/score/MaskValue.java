package io.edgewise.score;

import java.io.Serializable;
import java.util.stream.DoubleStream;

/** The mask value, from clean (0) to ablated (1), at which the gradient is taken. */
public sealed interface MaskValue extends Serializable {

    /** The mask values to take gradients at; their scores are summed. */
    DoubleStream points();

    /** All masks at one value; 0 is edge attribution patching. */
    record Constant(double value) implements MaskValue {
        public Constant {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("Mask value must be between 0 and 1, got " + value);
            }
        }

        @Override
        public DoubleStream points() {
            return DoubleStream.of(value);
        }
    }

    /**
     * Integrated gradients: the sum over the {@code samples + 1} points 0, 1/samples, ..., 1, both ends with full weight. AutoCircuit's
     * documentation says average; its code sums, and so does this.
     */
    record IntegratedGradients(int samples) implements MaskValue {
        public IntegratedGradients {
            if (samples < 1) {
                throw new IllegalArgumentException("Integrated gradients need at least 1 sample, got " + samples);
            }
        }

        @Override
        public DoubleStream points() {
            return java.util.stream.IntStream.rangeClosed(0, samples).mapToDouble(i -> (double) i / samples);
        }
    }
}

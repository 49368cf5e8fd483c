package io.edgewise.model;

import ai.djl.ndarray.NDArray;

/** What an MLP makes of its hidden layer. */
public enum Activation {
    /** GELU in GPT-2's form, with a hyperbolic tangent. */
    GELU_NEW {
        @Override
        NDArray of(NDArray x) {
            NDArray inner = Scale.by(0.044715, x.mul(x)).add(1).mul(x);
            return Scale.by(0.5, Scale.by(SQRT_2_OVER_PI, inner).tanh().add(1).mul(x));
        }
    },
    /** GELU as it is defined, by the error function. */
    GELU {
        @Override
        NDArray of(NDArray x) {
            return ai.djl.nn.Activation.gelu(x);
        }
    },
    SILU {
        @Override
        NDArray of(NDArray x) {
            return x.mul(ai.djl.nn.Activation.sigmoid(x));
        }
    },
    RELU {
        @Override
        NDArray of(NDArray x) {
            return ai.djl.nn.Activation.relu(x);
        }
    };

    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

    abstract NDArray of(NDArray x);
}

package io.edgewise.model.config;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.torch.TorchFunction;

/** The activation function of an MLP's hidden layer. */
public enum Activation {
    /** GELU in GPT-2's form, with a hyperbolic tangent. */
    GELU_NEW {
        @Override
        public NDArray of(NDArray x) {
            return Tanh.GELU.apply(x);
        }
    },
    /** GELU as it is defined, by the error function. */
    GELU {
        @Override
        public NDArray of(NDArray x) {
            return ai.djl.nn.Activation.gelu(x);
        }
    },
    SILU {
        @Override
        public NDArray of(NDArray x) {
            return x.mul(ai.djl.nn.Activation.sigmoid(x));
        }
    },
    RELU {
        @Override
        public NDArray of(NDArray x) {
            return ai.djl.nn.Activation.relu(x);
        }
    };

    public abstract NDArray of(NDArray x);

    /** GPT-2's GELU: DJL has only the one with the error function. */
    private static final class Tanh {
        static final TorchFunction GELU = new TorchFunction("x", "torch.gelu(x, approximate=\"tanh\")");
    }
}

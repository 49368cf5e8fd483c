package io.edgewise.model.config;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.torch.Scale;
import io.edgewise.model.torch.TorchFunction;
import java.util.Map;

/** The activation function of an MLP's hidden layer. */
public enum Activation {
    /** GELU in GPT-2's form, with a hyperbolic tangent. */
    GELU_NEW {
        @Override
        public NDArray of(NDArray x) {
            return Functions.GELU_TANH.apply(x);
        }

        @Override
        public NDArray ratio(NDArray x) {
            return Functions.GELU_TANH_RATIO.apply(x);
        }
    },
    /** GELU as it is defined, by the error function. */
    GELU {
        @Override
        public NDArray of(NDArray x) {
            return ai.djl.nn.Activation.gelu(x);
        }

        @Override
        public NDArray ratio(NDArray x) {
            return Functions.GELU_RATIO.apply(x);
        }
    },
    /** GELU by a logistic function. */
    QUICK_GELU {
        @Override
        public NDArray of(NDArray x) {
            return x.mul(ratio(x));
        }

        @Override
        public NDArray ratio(NDArray x) {
            return ai.djl.nn.Activation.sigmoid(Scale.by(1.702, x));
        }
    },
    SILU {
        @Override
        public NDArray of(NDArray x) {
            return x.mul(ratio(x));
        }

        @Override
        public NDArray ratio(NDArray x) {
            return ai.djl.nn.Activation.sigmoid(x);
        }
    },
    RELU {
        @Override
        public NDArray of(NDArray x) {
            return ai.djl.nn.Activation.relu(x);
        }

        @Override
        public NDArray ratio(NDArray x) {
            return x.sign().maximum(0);
        }
    },
    TANH {
        @Override
        public NDArray of(NDArray x) {
            return x.tanh();
        }

        @Override
        public NDArray ratio(NDArray x) {
            return Functions.TANH_RATIO.apply(x);
        }
    };

    /** By the names that configurations have for them; Hugging Face's {@code ACT2FN} has several for some. */
    static final Map<String, Activation> BY_NAME = Map.ofEntries(
            Map.entry("gelu", GELU),
            Map.entry("gelu_accurate", GELU_NEW),
            Map.entry("gelu_fast", GELU_NEW),
            Map.entry("gelu_new", GELU_NEW),
            Map.entry("gelu_python", GELU),
            Map.entry("gelu_python_tanh", GELU_NEW),
            Map.entry("gelu_pytorch_tanh", GELU_NEW),
            Map.entry("quick_gelu", QUICK_GELU),
            Map.entry("relu", RELU),
            Map.entry("silu", SILU),
            Map.entry("swish", SILU),
            Map.entry("tanh", TANH));

    public abstract NDArray of(NDArray x);

    /** What the function multiplies {@code x} by: {@code of(x) / x}, and its limit where x is 0; 0 for {@link #RELU} there. */
    public abstract NDArray ratio(NDArray x);

    /** What DJL has no method for; of GELU it has only the one with the error function. */
    private static final class Functions {
        static final TorchFunction GELU_TANH = new TorchFunction("x", "torch.gelu(x, approximate=\"tanh\")");
        static final TorchFunction GELU_TANH_RATIO = new TorchFunction(
                "x",
                "torch.mul(torch.add(torch.tanh(torch.mul(torch.add(x, torch.mul(torch.pow(x, 3), 0.044715)),"
                        + " 0.7978845608028654)), 1), 0.5)");
        static final TorchFunction GELU_RATIO =
                new TorchFunction("x", "torch.mul(torch.add(torch.erf(torch.mul(x, 0.7071067811865476)), 1), 0.5)");
        static final TorchFunction TANH_RATIO =
                new TorchFunction("x", "torch.masked_fill(torch.div(torch.tanh(x), x), torch.eq(x, 0), 1)");
    }
}

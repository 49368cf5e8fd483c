package io.edgewise.model.weights;

import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Decoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Which weights a model of each format has, and how layers are built from them. */
public final class WeightLayout {
    /** Sums of doubles are exact up to here. */
    private static final long MOST_PARAMETERS = 1_000_000_000_000_000L;

    private WeightLayout() {}

    /**
     * How many numbers all weights hold, tied weights counted once.
     *
     * @throws InputException where there are more than any model has
     */
    public static long parameters(TransformerConfig config) {
        double parameters = shapes(config).values().stream()
                .mapToDouble(shape -> Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b))
                .sum();
        if (parameters > MOST_PARAMETERS) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "The model would have %.0f parameters; wanted at most %d",
                    parameters,
                    MOST_PARAMETERS));
        }
        return (long) parameters;
    }

    /** The shape of every tensor, by its name without the format's prefix. */
    public static Map<String, long[]> shapes(TransformerConfig config) {
        return switch (config.format()) {
            case GPT2 -> Gpt2Weights.shapes(config);
            case GPT_J -> NamedWeights.GPT_J.shapes(config);
            case GPT_NEO -> NamedWeights.GPT_NEO.shapes(config);
            case GPT_NEOX -> GptNeoxWeights.shapes(config);
            case LLAMA, MIXTRAL, PHI3 -> LlamaWeights.shapes(config);
            case OPT -> NamedWeights.OPT.shapes(config);
            case PHI -> NamedWeights.PHI.shapes(config);
            case TRANSFORMER_LENS -> TransformerLensWeights.shapes(config);
        };
    }

    /** Loads all weights. */
    public static Decoder decoder(Weights weights) {
        return switch (weights.config().format()) {
            case GPT2 -> new Gpt2Weights(weights).decoder();
            case GPT_J -> NamedWeights.GPT_J.decoder(weights);
            case GPT_NEO -> NamedWeights.GPT_NEO.decoder(weights);
            case GPT_NEOX -> new GptNeoxWeights(weights).decoder();
            case LLAMA, MIXTRAL, PHI3 -> new LlamaWeights(weights).decoder();
            case OPT -> NamedWeights.OPT.decoder(weights);
            case PHI -> NamedWeights.PHI.decoder(weights);
            case TRANSFORMER_LENS -> new TransformerLensWeights(weights).decoder();
        };
    }
}

package io.edgewise.model;

import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The shape of a decoder, read from the {@code config.json} of a model directory.
 *
 * @param format how its weights are named and laid out
 * @param blocks transformer blocks, each attention and then, in most models, an MLP
 * @param heads attention heads a block
 * @param headWidth width of one head ({@code d_head})
 * @param modelWidth width of the residual stream ({@code d_model})
 * @param mlpWidth hidden width of an MLP ({@code d_mlp}); 0 in a model of attention alone
 * @param vocabulary tokens that prompts are made of
 * @param outputVocabulary tokens that have a logit; most often the same
 * @param positions longest prompt
 * @param normType what is done to the residual stream before it is read
 * @param normEpsilon added to the variance in every norm
 * @param attentionScale attention scores are multiplied by
 */
public record TransformerConfig(
        CheckpointFormat format,
        int blocks,
        int heads,
        int headWidth,
        int modelWidth,
        int mlpWidth,
        int vocabulary,
        int outputVocabulary,
        int positions,
        NormType normType,
        double normEpsilon,
        Activation activation,
        AttentionDirection direction,
        double attentionScale)
        implements Serializable {

    public TransformerConfig {
        if (!(normEpsilon > 0 && normEpsilon < 1)) {
            throw new InputException("The norms' epsilon must be a small positive number, got " + normEpsilon);
        }
    }

    /** What is done to the residual stream before it is read. */
    public enum NormType {
        LAYER_NORM,
        /** Layer norm whose weight and bias are folded into what reads it. */
        LAYER_NORM_FOLDED,
        NONE
    }

    /** Whether blocks have MLPs. */
    public boolean hasMlps() {
        return mlpWidth > 0;
    }

    /** Width of all heads of a block together. */
    public int headsWidth() {
        return Math.multiplyExact(heads, headWidth);
    }

    public ModelGraph graph(GraphSpec spec) {
        return new TransformerGraph(blocks, heads, hasMlps()).with(spec);
    }

    /** Numbers in all weights, tied ones counted once. */
    public long parameters() {
        return format.shapes(this).values().stream()
                .mapToLong(shape -> Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                .sum();
    }

    /**
     * Reads {@code config.json} in a model directory.
     *
     * @throws InputException where there is none or it describes a model that isn't supported
     */
    public static TransformerConfig read(Path modelDirectory) {
        ConfigJson json = ConfigJson.read(modelDirectory);
        return CheckpointFormat.of(json).config(json);
    }
}

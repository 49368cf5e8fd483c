package io.edgewise.model.config;

import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a decoder, read from the {@code config.json} of a model directory.
 *
 * @param modelType Hugging Face's name of the family, {@code llama}; or {@code TransformerLens}
 * @param format how its weights are named and laid out
 * @param blocks transformer blocks
 * @param layout whether a block's attention and MLP run one after the other or in parallel
 * @param modelWidth width of the residual stream ({@code d_model})
 * @param positions longest prompt
 * @param writeScale what attention and MLP write is multiplied by; the weights that are loaded have it
 */
public record TransformerConfig(
        String modelType,
        CheckpointFormat format,
        int blocks,
        BlockLayout layout,
        int modelWidth,
        int positions,
        EmbeddingConfig embedding,
        AttentionConfig attention,
        MlpConfig mlp,
        NormConfig norm,
        double writeScale)
        implements Serializable {

    /** A decoder whose attention and MLP write what they compute. */
    public TransformerConfig(
            String modelType,
            CheckpointFormat format,
            int blocks,
            BlockLayout layout,
            int modelWidth,
            int positions,
            EmbeddingConfig embedding,
            AttentionConfig attention,
            MlpConfig mlp,
            NormConfig norm) {
        this(modelType, format, blocks, layout, modelWidth, positions, embedding, attention, mlp, norm, 1);
    }

    /** Whether a block's attention and MLP run one after the other or in parallel. */
    public enum BlockLayout {
        /** The MLP reads what attention wrote. */
        SEQUENTIAL,
        /** Both read the stream as it was before the block. */
        PARALLEL
    }

    /** The same decoder, with another type and format, and with mixtures of experts. */
    TransformerConfig with(String otherType, CheckpointFormat otherFormat, @Nullable MixtureConfig mixture) {
        return new TransformerConfig(
                otherType,
                otherFormat,
                blocks,
                layout,
                modelWidth,
                positions,
                embedding,
                attention,
                new MlpConfig(mlp.width(), mlp.activation(), mlp.isGated(), mlp.hasBias(), mixture),
                norm,
                writeScale);
    }

    /** Whether blocks have MLPs. */
    public boolean hasMlps() {
        return mlp.width() > 0;
    }

    /** Hidden width of the MLPs of all blocks together, as one token has it. */
    public long hiddenWidth() {
        return IntStream.range(0, blocks).mapToLong(mlp::width).sum();
    }

    /** Query heads a block. */
    public int heads() {
        return attention.heads();
    }

    /** Tokens that prompts are made of. */
    public int vocabulary() {
        return embedding.vocabulary();
    }

    /** Tokens that have a logit. */
    public int outputVocabulary() {
        return embedding.outputVocabulary();
    }

    public ModelGraph graph(GraphSpec spec) {
        return new TransformerGraph(
                        blocks, heads(), attention.keyValueHeads(), hasMlps(), layout == BlockLayout.PARALLEL)
                .with(spec);
    }

    /**
     * The shape of a known model, by name: {@code gpt2-small}.
     *
     * @throws InputException where the name isn't known
     */
    public static TransformerConfig named(String name) {
        return ModelFamily.config(ConfigJson.named(name));
    }

    /**
     * Reads {@code config.json} in a model directory.
     *
     * @throws InputException where there is none or it describes a model that isn't supported
     */
    public static TransformerConfig read(Path modelDirectory) {
        return ModelFamily.config(ConfigJson.read(modelDirectory));
    }
}

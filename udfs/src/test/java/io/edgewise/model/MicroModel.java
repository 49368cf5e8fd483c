package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.edgewise.TestDevice;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.MicroGraph;
import io.edgewise.model.config.Activation;
import io.edgewise.model.config.AttentionConfig;
import io.edgewise.model.config.AttentionDirection;
import io.edgewise.model.config.CheckpointFormat;
import io.edgewise.model.config.EmbeddingConfig;
import io.edgewise.model.config.MlpConfig;
import io.edgewise.model.config.NormConfig;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.config.TransformerConfig.BlockLayout;
import io.edgewise.model.layer.Forward;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.InputGradients;
import io.edgewise.model.layer.Network;
import io.edgewise.model.layer.ResidualStream;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.TorchRuntime;
import java.util.ArrayList;
import java.util.List;

/**
 * AutoCircuit's micro model: a stream of width 2, and blocks of two heads, each of which multiplies what it reads by its two
 * weights. Small enough to be worked out by hand. Prompts are vectors there; here each vector is a token of its own.
 *
 * @param embedding the vector of each token, {@code [token, 2]}
 * @param weights of each block, {@code [head, 2]}
 */
public record MicroModel(NDArray embedding, List<NDArray> weights) implements Network {
    private static final int WIDTH = 2;

    /**
     * A model of these weights.
     *
     * @param vectors of all tokens
     * @param weights of each block: head 0's two, then head 1's two
     */
    public static PatchableModel of(List<float[]> vectors, List<float[]> weights, GraphSpec spec, OutputSlice slice) {
        TorchRuntime.start(1);
        NDManager manager = NDManager.newBaseManager(TestDevice.here(), "PyTorch");
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] table = new float[vectors.size() * WIDTH];
            for (int i = 0; i < table.length; i++) {
                table[i] = vectors.get(i / WIDTH)[i % WIDTH];
            }
            List<NDArray> blocks = new ArrayList<>();
            weights.forEach(block -> blocks.add(manager.create(block, new Shape(2, 1, 1, WIDTH))));
            MicroModel network = new MicroModel(manager.create(table, new Shape(vectors.size(), WIDTH)), blocks);
            manager.getManagedArrays().forEach(NDScope::unregister);
            TransformerConfig config = new TransformerConfig(
                    "micro",
                    CheckpointFormat.TRANSFORMER_LENS,
                    weights.size(),
                    BlockLayout.SEQUENTIAL,
                    WIDTH,
                    1_000,
                    EmbeddingConfig.plain(vectors.size(), WIDTH, false),
                    new AttentionConfig(
                            2, WIDTH, 1, false, AttentionDirection.BIDIRECTIONAL, null, List.of(), false, false),
                    new MlpConfig(0, Activation.RELU, false, false),
                    new NormConfig(NormConfig.Type.NONE, 1e-5, NormConfig.Place.BEFORE));
            return new PatchableModel(
                    new Transformer(config, manager, network, null),
                    MicroGraph.of(weights.size(), spec),
                    Forward.plain(slice));
        }
    }

    @Override
    public NDArray run(Tokens tokens, ResidualStream stream, Forward forward) {
        NDArray residual = embed(tokens, forward);
        residual = stream.start(residual);
        for (int block = 0; block < weights.size(); block++) {
            Heads heads = new MicroHeads(weights.get(block));
            NDArray mixed = stream.mix(block, heads, residual);
            stream.headsWrote(block, heads, mixed);
            residual = residual.add(heads.writePerHead(mixed).sum(new int[] {0}));
            if (block < weights.size() - 1) {
                residual = stream.post(block, residual);
            }
        }
        NDArray logits = forward.slice().of(stream.endInput(weights.size() - 1, residual));
        NDList some = new NDList();
        forward.outputs().some().forEach(token -> some.add(logits.get("..., {}", token)));
        return some.isEmpty() ? logits : NDArrays.stack(some, -1);
    }

    @Override
    public NDArray embed(Tokens tokens, Forward forward) {
        return Embedding.embedding(tokens.ids(), embedding, SparseFormat.DENSE).singletonOrThrow();
    }

    /** What a head projects is what it adds. */
    private record MicroHeads(NDArray weights) implements Heads {
        @Override
        public NDArray project(NDArray input, int keyValueInputs) {
            return input.expandDims(0).mul(weights);
        }

        @Override
        public NDArray mix(NDArray projected) {
            return projected;
        }

        @Override
        public NDArray mix(Input input) {
            return input.isShared() ? project(input.shared(), 2) : input.query().mul(weights);
        }

        @Override
        public NDArray writePerHead(NDArray mixed) {
            return mixed;
        }

        @Override
        public InputGradients pullBack(NDArray input, NDArray projected, NDArray gradient) {
            NDArray all = gradient.mul(weights);
            return new InputGradients() {
                @Override
                public int rows() {
                    return (int) all.getShape().get(0);
                }

                @Override
                public void write(long from, long to, NDArray into) {
                    InPlace.copy(all.get(":, {}:{}", from, to), into);
                }
            };
        }
    }
}

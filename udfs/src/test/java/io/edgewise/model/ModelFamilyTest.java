package io.edgewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import io.edgewise.InputException;
import io.edgewise.Rounding;
import io.edgewise.graph.Edge;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.graph.ModelGraph;
import io.edgewise.graph.TransformerGraph;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.Hooks;
import io.edgewise.model.weights.Checkpoint;
import io.edgewise.model.weights.WeightLayout;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.PromptSide;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import io.edgewise.safetensors.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFamilyTest {
    @TempDir
    private Path temporary;

    static Stream<String> names() {
        return RandomModels.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void logitsAreHuggingFaces(String name) throws IOException {
        Map<String, FloatTensor> expected = Safetensors.decode(
                Files.readAllBytes(RandomModels.ROOT.resolve(name).resolve("expected.safetensors")), name);
        assertArrayEquals(
                expected.get("logits").values(),
                RandomModels.logits(RandomModels.load(name), expected.get("tokens")),
                1e-4f);
    }

    @ParameterizedTest
    @MethodSource("names")
    void paddingAndAPrefixChangeNoLogit(String name) {
        PatchableModel model = PatchableModel.of(RandomModels.load(name), GraphSpec.DEFAULT, OutputSlice.LAST_SEQ);
        PromptPair whole = pair(5, 9, 2, 30, 41, 7, 3);
        PromptPair tail = pair(30, 41, 7, 3);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] alone = logits(model, whole);
            float[] both = logits(model, whole, tail);
            assertArrayEquals(alone, Arrays.copyOf(both, alone.length), Rounding.of(both));
            assertArrayEquals(
                    logits(model, tail), Arrays.copyOfRange(both, alone.length, both.length), Rounding.of(both));
            assertArrayEquals(alone, logits(model.withPrefix(List.of(5, 9, 2)), tail), Rounding.of(alone));
        }
    }

    private static PromptPair pair(Integer... tokens) {
        return PromptPair.of(List.of(tokens), List.of(tokens), List.of(1), List.of(2));
    }

    private static float[] logits(PatchableModel model, PromptPair... pairs) {
        PromptBatch batch = PromptBatch.of(0, List.of(pairs), pairs[0].clean().size());
        return model.logits(model.tokens(batch, PromptSide.CLEAN)).toFloatArray();
    }

    @Test
    void shardsOf16BitsAreReadExactly() throws IOException {
        Files.copy(RandomModels.ROOT.resolve("llama/config.json"), temporary.resolve("config.json"));
        RandomCheckpoint.write(temporary, TensorType.BF16, 3, 5);
        Checkpoint checkpoint = Checkpoint.open(temporary);
        assertThat(checkpoint.files()).hasSize(3);
        try (Transformer transformer = Transformer.load(checkpoint, Device.cpu(), 1)) {
            Map<String, FloatTensor> shard = Safetensors.decode(
                    Files.readAllBytes(temporary.resolve("model-00001-of-00003.safetensors")), "shard");
            Decoder decoder = (Decoder) transformer.network();
            assertThat(decoder.tokenEmbedding().toFloatArray())
                    .containsExactly(shard.get("model.embed_tokens.weight").values());
        }
    }

    @Test
    void anIndexNamesFilesBesideItAlone() throws IOException {
        Files.copy(RandomModels.ROOT.resolve("llama/config.json"), temporary.resolve("config.json"));
        Path index = temporary.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"weight_map\": {\"a\": \"../secret.safetensors\"}}");
        assertThatThrownBy(() -> Checkpoint.open(temporary))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("names the file ../secret.safetensors; wanted the name of a file beside it");
        Files.writeString(index, "{\"weight_map\": {\"a\": \"model-1.safetensors\"}}");
        assertThatThrownBy(() -> Checkpoint.open(temporary)).hasMessageContaining("No such file");
        Files.writeString(index, "{}");
        assertThatThrownBy(() -> Checkpoint.open(temporary)).hasMessageContaining("has no weight_map that names files");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model_type\": \"llama\"|\"model_type\": \"mamba\"|has model_type mamba; supported are gemma, gemma2,"
                        + " gemma3_text, gpt2, gpt_neo, gpt_neox, gptj, granite, llama, mistral, mixtral, olmo2, opt, phi,"
                        + " phi3, qwen2, qwen2_moe, qwen3, qwen3_moe, smollm3, stablelm",
                "\"model_type\": \"llama\"|\"model_type\": \"gemma3\"|its text model runs alone, as python -c",
                "\"hidden_act\": \"silu\"|\"hidden_act\": \"swiglu\"|has hidden_act swiglu; supported are gelu,",
                "\"rope_type\": \"llama3\"|\"rope_type\": \"proportional\"|has rope_scaling of type proportional;"
                        + " supported are default, dynamic, linear, llama3, longrope, yarn",
                "\"num_key_value_heads\": 2|\"num_key_value_heads\": 4|must be a multiple of those with keys and values,"
                        + " got 6 and 4",
                "\"head_dim\": 10|\"head_dim\": 9|Rotary positions turn an even number of a head's 9 dimensions",
            })
    void whatIsNotSupportedIsRefusedByName(String before, String after, String complaint) throws IOException {
        String config = Files.readString(RandomModels.ROOT.resolve("llama/config.json"));
        Files.writeString(temporary.resolve("config.json"), config.replace(before, after));
        assertThatThrownBy(() -> TransformerConfig.read(temporary))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(complaint);
    }

    /** Edge counts that the papers' own tools give. */
    @ParameterizedTest
    @CsvSource({
        "12, 12, 12, false, 32491", // GPT-2 small
        "24, 14, 2, false, 179749", // Qwen2.5 0.5B
        "26, 8, 4, false, 74218", // Gemma 2 2B
        "32, 32, 8, false, 1592881" // Llama 3.1 8B
    })
    void knownModelsHaveTheKnownNumberOfEdges(int blocks, int heads, int shared, boolean isParallel, int edges) {
        ModelGraph graph = new TransformerGraph(blocks, heads, shared, true, isParallel).with(GraphSpec.DEFAULT);
        assertThat(graph.edgeCount()).isEqualTo(edges);
    }

    /**
     * By hand: in parallel block i, every query, key, value and MLP reads 1 + i (heads + 1) sources; the end reads all 1 + blocks (heads +
     * 1).
     */
    @ParameterizedTest
    @CsvSource({
        "28, 16, 316723", // GPT-J 6B: 49 (28 + 17 * 378) + 477
        "32, 32, 1591857" // Phi-2: 97 (32 + 33 * 496) + 1057
    })
    void parallelBlocksHaveTheEdgesThatWereCountedByHand(int blocks, int heads, int edges) {
        ModelGraph graph = new TransformerGraph(blocks, heads, heads, true, true).with(GraphSpec.DEFAULT);
        assertThat(graph.edgeCount()).isEqualTo(edges);
    }

    @Test
    void aParallelBlocksMlpDoesNotReadItsHeads() {
        ModelGraph graph = RandomModels.load("neox-parallel").config().graph(GraphSpec.DEFAULT);
        assertThat(graph.edges().map(Edge::name))
                .contains("A0.0->MLP 1", "A0.0->A1.0.Q")
                .doesNotContain("A0.0->MLP 0", "A1.5->MLP 1");
        assertThatThrownBy(() -> RandomModels.load("neox-parallel")
                        .config()
                        .graph(new GraphSpec(false, true, KeyValueEdges.HEAD, null)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("in this model they are parallel");
    }

    /** Counted by hand: a block's heads and MLP read the embedding and the 7 sources of each block before; an MLP its block's heads too. */
    @Test
    void whatNormsJoinHasEdgesAsOtherwise() {
        ModelGraph sequential = RandomModels.load("olmo2").config().graph(GraphSpec.DEFAULT);
        assertThat(sequential.edgeCount()).isEqualTo((18 * 1 + 7) + (18 * 8 + 14) + (18 * 15 + 21) + 22);
        ModelGraph parallel = RandomModels.load("stablelm").config().graph(GraphSpec.DEFAULT);
        assertThat(parallel.edgeCount()).isEqualTo(19 * 1 + 19 * 8 + 19 * 15 + 22);
    }

    /** A mixture has no hidden layer that is one for all tokens; Qwen 2's second block of every two is a mixture here. */
    @Test
    void hiddenLayersOfMixturesAreNotAmongTheHooks() {
        List<String> names = Hooks.names(RandomModels.load("qwen2_moe").config());
        assertThat(names)
                .contains("blocks.0.mlp.hook_pre", "blocks.1.hook_mlp_out", "blocks.2.mlp.hook_post")
                .doesNotContain("blocks.1.mlp.hook_pre", "blocks.1.mlp.hook_post");
    }

    /** Three matrices for each expert of Mixtral 8x7B: 46.7 billion parameters. */
    @Test
    void aTokenMeetsTheExpertsThatItChooses() throws IOException {
        Files.writeString(temporary.resolve("config.json"), "{\"model_type\": \"mixtral\"}");
        TransformerConfig config = TransformerConfig.read(temporary);
        assertThat(WeightLayout.parameters(config)).isEqualTo(46_702_792_704L);
        assertThat(config.hiddenWidth()).isEqualTo(32L * 2 * 14336);
    }

    @Test
    void headsThatShareKeysHaveEdgesOfTheirOwnOrOneForTheGroup() {
        TransformerConfig config = RandomModels.load("llama").config();
        ModelGraph byHead = config.graph(GraphSpec.DEFAULT);
        ModelGraph byGroup = config.graph(new GraphSpec(true, true, KeyValueEdges.GROUP, null));
        assertThat(List.of(byHead.destinationCount(), byGroup.destinationCount()))
                .containsExactly(3 * (3 * 6 + 1) + 1, 3 * (6 + 2 + 2 + 1) + 1);
        assertThatThrownBy(() -> new GraphSpec(true, false, KeyValueEdges.GROUP, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--kv-edges group wants --separate-qkv true");
    }
}

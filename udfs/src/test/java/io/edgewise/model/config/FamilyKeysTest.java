package io.edgewise.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of configurations, held against those of the configuration classes of Hugging Face's transformers. */
class FamilyKeysTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path HUGGING_FACE = Path.of("src/test/resources/huggingface/defaults");

    /** Transformers 5 declares no value for these, and fills in transformers 4's where a file has none. */
    private static final Set<String> FILLED_IN_LATER = Set.of("attention_types");

    /** The classes of one family and one version of transformers. */
    record HuggingFace(String version, String family, JsonNode keys) {
        @Override
        public String toString() {
            return family + " " + version;
        }
    }

    static Stream<HuggingFace> classes() throws IOException {
        try (Stream<Path> files = Files.list(HUGGING_FACE)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(FamilyKeysTest::read)
                    .flatMap(version -> fields(version.get("families"))
                            .map(family -> new HuggingFace(
                                    version.get("transformers").asText(), family.getKey(), family.getValue())))
                    .toList()
                    .stream();
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode node) {
        Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
        return Stream.iterate(0, i -> fields.hasNext(), i -> i + 1).map(i -> fields.next());
    }

    @ParameterizedTest
    @MethodSource("classes")
    void aMissingKeyHasTheDefaultOfItsClass(HuggingFace of) {
        Map<String, String> differing = new TreeMap<>();
        FamilyKeys.of(of.family()).defaults().forEach((key, ours) -> {
            JsonNode theirs = of.keys().get("defaults").get(key);
            boolean isLater = FILLED_IN_LATER.contains(key) && theirs != null && theirs.isNull();
            if (theirs != null && !isLater && !isSame(ours, theirs)) {
                differing.put(key, ours + " for " + theirs);
            }
        });
        assertThat(differing).isEmpty();
    }

    private static boolean isSame(JsonNode a, JsonNode b) {
        return a.isNumber() ? (b.isNumber() && a.asDouble() == b.asDouble()) : a.equals(b);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void everyKeyOfAClassIsKnown(HuggingFace of) {
        FamilyKeys keys = FamilyKeys.of(of.family());
        Stream<String> declared = fields(of.keys().get("defaults")).map(Map.Entry::getKey);
        Stream<String> others =
                fields(of.keys().get("others")).map(other -> other.getValue().asText());
        assertThat(Stream.concat(declared, others)).isNotEmpty().allMatch(keys::isKnown);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void aKeyIsReadOrIgnored(HuggingFace of) {
        FamilyKeys keys = FamilyKeys.of(of.family());
        assertThat(keys.defaults().keySet()).doesNotContainAnyElementsOf(keys.ignored());
    }

    @Test
    void anUnknownKeyIsNamedUnlessItHasNoValue() throws IOException {
        ConfigJson json = new ConfigJson(
                JSON.readTree("{\"model_type\": \"llama\", \"use_scaled_heads\": true, \"mystery\": 0, \"other\": null,"
                        + " \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2, \"finetuned\": true}}"),
                "config.json");
        assertThat(FamilyKeys.of("llama").unknown(json))
                .containsExactly("mystery", "rope_scaling.finetuned", "use_scaled_heads");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gpt2|\"quantization_config\": {\"bits\": 4}|has quantization_config, which changes what the model computes",
                "llama|\"pruned_heads\": {\"0\": [1]}|has pruned_heads, which changes",
                "llama|\"rope_scaling\": \"linear\"|has rope_scaling \"linear\"; wanted an object",
                "llama|\"rope_parameters\": {\"full_attention\": {\"rope_theta\": 5.0}}|has full_attention {",
                "llama|\"rope_scaling\": {\"rope_type\": \"proportional\"}|supported are default, dynamic, linear, llama3,",
                "llama|\"rope_scaling\": {\"rope_type\": \"yarn\", \"type\": \"linear\"}|has type \"linear\"; wanted the same as",
                "llama|\"rope_scaling\": {\"rope_type\": \"linear\"}|has rope_scaling without factor",
                "llama|\"rope_scaling\": {\"rope_type\": \"longrope\", \"short_factor\": [1], \"factor\": 2}|has short_factor"
                        + " [1]; wanted 64 numbers, one for each pair of the 128 rotated dimensions",
                "llama|\"partial_rotary_factor\": 0.5|has a partial_rotary_factor that rotates 64 of a head's 128 dimensions",
                "qwen3|\"rope_parameters\": {\"partial_rotary_factor\": 0.25}|rotates 32 of a head's 128 dimensions",
                "gpt2|\"is_causal\": false|has is_causal false; supported are true",
                "mistral|\"layer_types\": [\"full_attention\"]|has layer_types [\"full_attention\"]; wanted a model of another",
                "qwen2|\"num_hidden_layers\": 2, \"layer_types\": [\"full_attention\"]|wanted a list of 2 types",
                "qwen2|\"num_hidden_layers\": 1, \"layer_types\": [\"chunked_attention\"]|wanted sliding_attention or full",
                "qwen2|\"num_hidden_layers\": 1, \"layer_types\": [\"sliding_attention\"]|has sliding attention in block 0",
                "gemma2|\"sliding_window\": null|has sliding attention in block 0 and no window for it",
                "gemma2|\"use_bidirectional_attention\": true|has use_bidirectional_attention true; wanted false",
                "gemma|\"use_bidirectional_attention\": true|has use_bidirectional_attention true; wanted false",
                "gemma|\"hidden_act\": \"gelu\"|has hidden_act gelu, which transformers 4 reads as written and transformers 5",
                "gemma3_text|\"use_bidirectional_attention\": true|has use_bidirectional_attention true; wanted false",
                "gemma3_text|\"rope_parameters\": {\"rope_type\": \"default\"}|wanted settings for full_attention and",
                "gemma3_text|\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}|has type \"linear\"; wanted rope_type",
                "gemma3_text|\"sliding_window\": null|has sliding attention in block 0 and no window for it",
                "granite|\"residual_multiplier\": 0|has residual_multiplier 0; wanted a number above zero",
                "olmo2|\"partial_rotary_factor\": 0.5|has a partial_rotary_factor that rotates 64 of a head's 128",
                "phi3|\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}|in this family supported are default, longrope, su",
                "smollm3|\"no_rope_layers\": [1, 0]|has no_rope_layers [1,0]; wanted a list of 0 or 1 for each of 36 blocks",
                "smollm3|\"no_rope_layer_interval\": 0|has no_rope_layer_interval 0; wanted a whole number from 1",
                "stablelm|\"head_dim\": 64|has hidden_size 2560 and 32 heads of width 64; in this family wanted heads",
                "stablelm|\"partial_rotary_factor\": 0.02|Rotary positions turn an even number of a head's 80 dimensions, got 1",
                "gpt_neo|\"num_layers\": 2|has attention_types [[[\"global\",\"local\"],12]]; wanted global or local for each of the 2",
                "gpt_neo|\"num_layers\": 1, \"attention_types\": [[[\"far\"], 1]]|has attention_types [[[\"far\"],1]]; wanted",
                "gpt_neo|\"num_layers\": 1, \"attention_layers\": [\"local\", \"local\"]|has attention_layers [\"local\",",
                "gpt_neo|\"num_heads\": 3|hidden_size must be a multiple of num_heads, got 2048 and 3",
                "gpt_neo|\"window_size\": 0|has window_size 0; wanted a whole number from 1",
                "mixtral|\"num_experts_per_tok\": 9|A token has at most all 8 experts, got 9",
                "mixtral|\"num_local_experts\": 10000|A model has at most 100000 experts in all, got 320000",
                "qwen2_moe|\"use_sliding_window\": true|has use_sliding_window true; wanted false: transformers 4 and 5",
                "qwen2_moe|\"head_dim\": 64|has head_dim 64; wanted hidden_size / num_attention_heads, or null",
                "qwen3_moe|\"decoder_sparse_step\": 0|has decoder_sparse_step 0; wanted a whole number from 1",
                "gptj|\"rotary_dim\": null|has rotary_dim null; wanted a whole number from 1",
                "gptj|\"rotary_dim\": 258|Rotary positions turn an even number of a head's 256 dimensions, got 258",
                "phi|\"partial_rotary_factor\": 0.4|Rotary positions turn an even number of a head's 64 dimensions, got 25",
                "opt|\"do_layer_norm_before\": false|has do_layer_norm_before false; wanted true: where the stream itself is",
                "opt|\"word_embed_proj_dim\": 512|has word_embed_proj_dim 512; wanted hidden_size, 768, or null",
                "gpt2|\"add_cross_attention\": true|has add_cross_attention true; supported are false",
                "gpt2|\"activation_function\": \"mish\"|has activation_function mish; supported are gelu, gelu_accurate,",
                "gemma2|\"attn_logit_softcapping\": 0|has attn_logit_softcapping 0; wanted a number above zero"
            })
    void whatWouldBeComputedOtherwiseIsRefused(String family, String keys, String complaint) throws IOException {
        ConfigJson json =
                new ConfigJson(JSON.readTree("{\"model_type\": \"" + family + "\", " + keys + "}"), "config.json");
        assertThatThrownBy(() -> ModelFamily.config(json))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(complaint);
    }

    /** LongRoPE had other names when Phi-3 had it first. */
    @Test
    void longRopeHasOtherNamesInPhi3() throws IOException {
        String settings =
                "{\"model_type\": \"phi3\", \"hidden_size\": 8, \"num_attention_heads\": 2, \"rope_scaling\": {\"type\": \"%s\","
                        + " \"short_factor\": [1, 1.5], \"long_factor\": [2, 3]}}";
        TransformerConfig named = config(settings.formatted("longrope"));
        assertThat(named.attention().rotaries()).doesNotContainNull();
        assertThat(config(settings.formatted("su"))).isEqualTo(named);
        assertThat(config(settings.formatted("yarn"))).isEqualTo(named);
    }

    /** Settings of a type of blocks are known keys only as far as they are read. */
    @Test
    void anUnknownKeyIsNamedInTheSettingsOfATypeOfBlocks() throws IOException {
        ConfigJson json = new ConfigJson(
                JSON.readTree("{\"rope_parameters\": {\"full_attention\": {\"rope_theta\": 5, \"finetuned\": true}}}"),
                "config.json");
        assertThat(FamilyKeys.of("gemma3_text").unknown(json))
                .containsExactly("rope_parameters.full_attention.finetuned");
    }

    /** TransformerLens' own default is a layer norm; a configuration says null for none. */
    @Test
    void aMissingNormOfTransformerLensIsALayerNorm() throws IOException {
        String sizes = "\"n_layers\": 1, \"d_model\": 8, \"n_ctx\": 8, \"d_head\": 4, \"n_heads\": 2, \"d_vocab\": 9,"
                + " \"attn_only\": true";
        assertThat(norm("{" + sizes + "}")).isEqualTo(NormConfig.Type.LAYER_NORM);
        assertThat(norm("{" + sizes + ", \"normalization_type\": null}")).isEqualTo(NormConfig.Type.NONE);
    }

    private static NormConfig.Type norm(String config) throws IOException {
        return config(config).norm().type();
    }

    private static TransformerConfig config(String json) throws IOException {
        return ModelFamily.config(new ConfigJson(JSON.readTree(json), "config.json"));
    }
}

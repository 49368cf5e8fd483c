package io.edgewise.model.config;

import io.edgewise.InputException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The families of models that are supported, by Hugging Face's {@code model_type}. */
final class ModelFamily {
    static final String TRANSFORMER_LENS = "TransformerLens";

    private static final Map<String, Function<ConfigJson, TransformerConfig>> FAMILIES = new TreeMap<>(Map.ofEntries(
            Map.entry("gemma", GemmaConfigs::gemma),
            Map.entry("gemma2", GemmaConfigs::gemma2),
            Map.entry("gemma3_text", GemmaConfigs::gemma3),
            Map.entry("gpt2", Gpt2Config::of),
            Map.entry("gpt_neo", GptNeoConfig::of),
            Map.entry("gpt_neox", GptNeoxConfig::of),
            Map.entry("gptj", GptJConfig::of),
            Map.entry("granite", GraniteConfig::of),
            Map.entry("llama", LlamaConfigs::llama),
            Map.entry("mistral", LlamaConfigs::mistral),
            Map.entry("mixtral", MixtureConfigs::mixtral),
            Map.entry("olmo2", Olmo2Config::of),
            Map.entry("opt", OptConfig::of),
            Map.entry("phi", PhiConfig::of),
            Map.entry("phi3", Phi3Config::of),
            Map.entry("qwen2", LlamaConfigs::qwen2),
            Map.entry("qwen2_moe", MixtureConfigs::qwen2),
            Map.entry("qwen3", LlamaConfigs::qwen3),
            Map.entry("qwen3_moe", MixtureConfigs::qwen3),
            Map.entry("smollm3", SmolLm3Config::of),
            Map.entry("stablelm", StableLmConfig::of)));

    private ModelFamily() {}

    /** All of them, by name. */
    static List<String> names() {
        return Stream.concat(FAMILIES.keySet().stream(), Stream.of(TRANSFORMER_LENS))
                .toList();
    }

    static TransformerConfig config(ConfigJson json) {
        if (!json.has("model_type") && json.has("d_model") && json.has("n_ctx")) {
            return TransformerLensConfig.of(FamilyKeys.of(TRANSFORMER_LENS).complete(json));
        }
        String type = json.json().path("model_type").asText("(none)");
        Function<ConfigJson, TransformerConfig> family = FAMILIES.get(type);
        if (type.equals("gemma3")) {
            throw new InputException(
                    json.file() + " has model_type gemma3, a model of pictures and text; its text model"
                            + " runs alone, as python -c \"from transformers import AutoModel, AutoTokenizer as T;"
                            + " AutoModel.from_pretrained('DIR').language_model.save_pretrained('text');"
                            + " T.from_pretrained('DIR').save_pretrained('text')\" saves it");
        }
        if (family == null) {
            throw new InputException(json.file() + " has model_type " + type + "; supported are "
                    + String.join(", ", FAMILIES.keySet()) + ", and TransformerLens' configurations");
        }
        ConfigJson complete = FamilyKeys.of(type).complete(json);
        complete.require("is_causal", "true");
        return family.apply(complete);
    }
}

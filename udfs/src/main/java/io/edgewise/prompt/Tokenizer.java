package io.edgewise.prompt;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.edgewise.InputException;
import io.edgewise.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tokenizer of a Hugging Face directory. Adds no special tokens by itself. Safe for use by several threads. */
public final class Tokenizer implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 28;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> PLAIN =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final @Nullable Integer bos;
    private final @Nullable Integer unknown;
    private final @Nullable Integer padding;

    private Tokenizer(HuggingFaceTokenizer tokenizer, JsonNode config, JsonNode map) {
        this.tokenizer = tokenizer;
        this.bos = only(special(config, map, "bos_token"));
        this.unknown = only(special(config, map, "unk_token"));
        this.padding = only(special(config, map, "pad_token"));
    }

    /**
     * Reads {@code tokenizer.json}, {@code tokenizer_config.json} and {@code special_tokens_map.json}; empty where the directory has no tokenizer.
     *
     * @throws InputException where its tokenizer is broken
     */
    public static Optional<Tokenizer> read(Path modelDirectory) {
        Path file = modelDirectory.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode json = TokenizerCheck.checked(StrictJson.read(file, MOST_BYTES), file.toString());
        JsonNode config = config(modelDirectory.resolve("tokenizer_config.json"));
        JsonNode map = config(modelDirectory.resolve("special_tokens_map.json"));
        try (InputStream checked = new ByteArrayInputStream(JSON.writeValueAsBytes(json))) {
            return Optional.of(new Tokenizer(HuggingFaceTokenizer.newInstance(checked, PLAIN), config, map));
        } catch (IOException | RuntimeException e) {
            throw new InputException("Could not read " + file + ": " + e.getMessage() + "; get the file again", e);
        }
    }

    private static JsonNode config(Path file) {
        return Files.isRegularFile(file) ? StrictJson.read(file, MOST_BYTES) : MissingNode.getInstance();
    }

    /** A special token by the tokenizer's configuration, or, where that has no such key, by the older map of special tokens. */
    private static @Nullable String special(JsonNode config, JsonNode map, String key) {
        JsonNode token = config.has(key) ? config.path(key) : map.path(key);
        JsonNode text = token.isObject() ? token.path("content") : token;
        return text.isTextual() ? text.asText() : null;
    }

    private @Nullable Integer only(@Nullable String special) {
        List<Integer> ids = special == null ? List.of() : encode(special);
        return ids.size() == 1 ? ids.get(0) : null;
    }

    /**
     * Token ids of a text.
     *
     * @throws InputException where the tokenizer fails on it
     */
    public List<Integer> encode(String text) {
        try {
            return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                    .mapToObj(Math::toIntExact)
                    .toList();
        } catch (RuntimeException e) {
            throw new InputException("The tokenizer fails on a text: " + e.getMessage(), e);
        }
    }

    /** The begin-of-text token, if the tokenizer has one. */
    public @Nullable Integer bos() {
        return bos;
    }

    /** Tokens with the begin-of-text token in front, if the tokenizer has one. */
    public List<Integer> withBos(List<Integer> tokens) {
        return bos == null
                ? tokens
                : Stream.concat(Stream.of(bos), tokens.stream()).toList();
    }

    /** The token for unknown text, if the tokenizer has one. */
    public @Nullable Integer unknown() {
        return unknown;
    }

    /** The token that pads shorter prompts, if the tokenizer has one. */
    public @Nullable Integer padding() {
        return padding;
    }

    /** The text of each token; TransformerLens' {@code to_str_tokens}. */
    public List<String> pieces(List<Integer> tokens) {
        return tokens.stream().map(token -> decode(List.of(token))).toList();
    }

    /** The text of tokens, special ones included; TransformerLens' {@code to_string}. */
    public String decode(List<Integer> tokens) {
        return tokenizer.decode(tokens.stream().mapToLong(Integer::longValue).toArray(), false);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

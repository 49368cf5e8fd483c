package io.edgewise.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import java.util.List;

/**
 * Refuses, before the native library reads it, a {@code tokenizer.json} that would make that library abort the process or take all
 * memory: what it does on a broken map of characters, a chunk of no length, a merge without its prefix, a pattern that backtracks
 * without end, and replacements that make texts many times longer. Other faults it reports itself.
 */
final class TokenizerCheck {
    private static final int MOST_GROWTH = 1000;

    private final String file;
    private long growth = 1;

    private TokenizerCheck(String file) {
        this.file = file;
    }

    /** @throws InputException where the file must not reach the library */
    static void check(JsonNode tokenizer, String file) {
        if (!tokenizer.isObject()) {
            throw new InputException(file + " is not a JSON object that describes a tokenizer; get the file again");
        }
        TokenizerCheck check = new TokenizerCheck(file);
        for (String part : List.of("normalizer", "pre_tokenizer", "post_processor", "decoder")) {
            check.part(tokenizer.path(part));
        }
        check.merges(tokenizer.path("model"));
    }

    private void part(JsonNode node) {
        switch (node.path("type").asText()) {
            case "Precompiled" -> throw refused("a Precompiled normalizer, which isn't supported");
            case "FixedLength" -> {
                if (node.path("length").asLong() < 1) {
                    throw refused("pieces of fixed length " + node.path("length"));
                }
            }
            case "Replace" -> replacement(node);
            default -> {}
        }
        JsonNode pattern = node.path("Regex");
        if (pattern.isTextual()) {
            String fault = PatternCheck.fault(pattern.asText());
            if (fault != null) {
                throw refused("the pattern " + TokenParser.shortened(pattern.asText(), 200) + ", which " + fault);
            }
        }
        node.forEach(this::part);
    }

    /** A pattern that matches nothing puts its content between all characters. */
    private void replacement(JsonNode node) {
        boolean matchesNothing = !node.path("pattern").path("String").isTextual()
                || node.path("pattern").path("String").asText().isEmpty();
        int content = node.path("content").asText().length();
        growth = growth * Math.max(1, matchesNothing ? content + 1 : content);
        if (growth > MOST_GROWTH) {
            throw refused("replacements that make a text more than " + MOST_GROWTH + " times longer");
        }
    }

    private void merges(JsonNode model) {
        String prefix = model.path("continuing_subword_prefix").asText("");
        if (prefix.isEmpty() || prefix.equals("null")) {
            return;
        }
        for (JsonNode merge : model.path("merges")) {
            String right = merge.isArray()
                    ? merge.path(1).asText()
                    : merge.asText().substring(merge.asText().indexOf(' ') + 1);
            if (!right.startsWith(prefix)) {
                throw refused("the merge " + TokenParser.shortened(merge.toString())
                        + " without the continuing_subword_prefix");
            }
        }
    }

    private InputException refused(String what) {
        return new InputException(file + " has " + what + "; give a tokenizer without it");
    }
}

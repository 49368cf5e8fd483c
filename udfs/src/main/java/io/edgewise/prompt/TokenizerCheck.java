package io.edgewise.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.InputException;
import io.edgewise.json.Utf8;
import java.util.List;

/**
 * A check of {@code tokenizer.json} before the native library reads it. It refuses files that would make the library abort the process, or
 * take all memory or time: a broken map of characters, a chunk of no length, a merge without its prefix, a pattern that backtracks without
 * end, and replacements that make texts many times longer. The library reports other faults itself.
 */
final class TokenizerCheck {
    private static final int MOST_PARTS = 100;
    private static final int MOST_GROWTH = 1000;
    private static final int LONGEST_WORD = 1000;
    private static final int MOST_ADDED = 1_000_000;

    /** Parts that matter only for special tokens, truncation and padding, which are never asked for. */
    private static final List<String> UNUSED = List.of("post_processor", "truncation", "padding");

    private final String file;
    private long growth = 1;
    private int parts;

    private TokenizerCheck(String file) {
        this.file = file;
    }

    /**
     * The part of a file that the library may read.
     *
     * @throws InputException where the library may not read the file
     */
    static JsonNode checked(JsonNode tokenizer, String file) {
        if (!(tokenizer instanceof ObjectNode object)) {
            throw new InputException(file + " is not a JSON object that describes a tokenizer; get the file again");
        }
        TokenizerCheck check = new TokenizerCheck(file);
        for (String part : List.of("normalizer", "pre_tokenizer", "decoder")) {
            check.value(object.path(part));
        }
        check.addedTokens(object.path("added_tokens"));
        check.model(object.path("model"));
        return object.without(UNUSED);
    }

    private void part(JsonNode node) {
        if (++parts > MOST_PARTS) {
            throw refused("more than " + MOST_PARTS + " parts that normalize, split or decode");
        }
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
        node.fieldNames().forEachRemaining(this::text);
        node.forEach(this::value);
    }

    /** Refuses values that Java can read but on which the library aborts in some parts. */
    private void value(JsonNode node) {
        if (node.isContainerNode()) {
            part(node);
        }
        if (node.isTextual()) {
            text(node.asText());
        }
        if (node.isNumber() && Double.isInfinite(node.asDouble())) {
            throw refused("a number that is too large, " + TokenParser.shortened(node.toString()));
        }
    }

    private void text(String text) {
        if (!Utf8.canHold(text)) {
            throw refused("half of a surrogate pair, which is no character");
        }
    }

    /** Refuses replacements that make a text too long: an empty match puts the content between all characters. */
    private void replacement(JsonNode node) {
        boolean matchesNothing = !node.path("pattern").path("String").isTextual()
                || node.path("pattern").path("String").asText().isEmpty();
        int content = node.path("content").asText().length();
        growth = growth * Math.max(1, matchesNothing ? content + 1 : content);
        if (growth > MOST_GROWTH) {
            throw refused("replacements that make a text more than " + MOST_GROWTH + " times longer");
        }
    }

    /** Refuses added tokens that are too long or too many: the library's time grows with the square of their lengths. */
    private void addedTokens(JsonNode tokens) {
        long all = 0;
        for (JsonNode token : tokens) {
            int length = token.path("content").asText().length();
            all += length;
            if (length > LONGEST_WORD || all > MOST_ADDED) {
                throw refused(
                        "added tokens of more than " + LONGEST_WORD + " characters, or " + MOST_ADDED + " in all");
            }
        }
    }

    private void model(JsonNode model) {
        JsonNode longest = model.path("max_input_chars_per_word");
        if (longest.isNumber() && !(longest.asDouble() <= LONGEST_WORD)) {
            throw refused("words of up to " + longest + " characters, more than " + LONGEST_WORD);
        }
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

package io.edgewise.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.json.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parser of a prompt's fields, which are text or token ids, to token ids.
 *
 * @param tokenizer makes tokens of text; null where fields have to be token ids
 */
record TokenParser(@Nullable Tokenizer tokenizer) {
    private static final int MOST_CHARACTERS = 1_000_000;

    /** Token ids of a text. */
    List<Integer> encode(String field, String text, int vocabulary) throws UnusableException {
        if (tokenizer == null) {
            throw new UnusableException(
                    field + " is text, but the model directory has no tokenizer.json; give token ids");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw new UnusableException(
                    field + " has " + text.length() + " characters; a text has at most " + MOST_CHARACTERS);
        }
        if (!Utf8.canHold(text)) {
            throw new UnusableException(field + " has half of a surrogate pair, which is no character");
        }
        List<Integer> tokens = encode(tokenizer, field, text);
        if (tokens.isEmpty()) {
            throw new UnusableException(field + " is empty");
        }
        if (tokenizer.unknown() != null && tokens.contains(tokenizer.unknown())) {
            throw new UnusableException(
                    field + " has a word that the tokenizer doesn't know: \"" + shortened(text) + "\"");
        }
        for (int token : tokens) {
            check(field, token, vocabulary);
        }
        return tokens;
    }

    private static List<Integer> encode(Tokenizer tokenizer, String field, String text) throws UnusableException {
        try {
            return tokenizer.encode(text);
        } catch (InputException e) {
            throw new UnusableException(
                    field + " can't be made tokens: " + shortened(String.valueOf(e.getMessage()), 200));
        }
    }

    /** The token ids of a list of them. */
    List<Integer> ids(String field, JsonNode value, String wanted, int vocabulary) throws UnusableException {
        checkList(field, value, wanted);
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : value) {
            if (!id.isIntegralNumber() || !id.canConvertToInt()) {
                throw new UnusableException(field + " has " + kind(id) + "; wanted " + wanted);
            }
            check(field, id.asInt(), vocabulary);
            ids.add(id.asInt());
        }
        return ids;
    }

    static void checkList(String field, JsonNode value, String wanted) throws UnusableException {
        if (value.isMissingNode()) {
            throw new UnusableException("has no " + field);
        }
        if (!value.isArray()) {
            throw new UnusableException(field + " is " + kind(value) + "; wanted " + wanted);
        }
        if (value.isEmpty()) {
            throw new UnusableException(field + " is empty");
        }
    }

    private static void check(String field, int token, int vocabulary) throws UnusableException {
        if (token < 0 || token >= vocabulary) {
            throw new UnusableException(field + " has token " + token + "; the model knows 0 to " + (vocabulary - 1));
        }
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NULL -> "null";
            default -> shortened(value.toString());
        };
    }

    static String shortened(String text) {
        return shortened(text, 60);
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}

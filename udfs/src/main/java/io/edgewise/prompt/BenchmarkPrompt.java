package io.edgewise.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt of a data set of the MIB benchmark: a {@code prompt} with what says its right answer, and counterfactuals, which are such prompts
 * in fields whose names end in {@code _counterfactual}. The benchmark's pair is the prompt and one of its counterfactuals.
 */
final class BenchmarkPrompt {
    private static final String PROMPT = "prompt";
    private static final String METADATA = "metadata";
    private static final String CHOICES = "choices";
    private static final String ANSWER_KEY = "answerKey";
    private static final String LABEL = "label";
    private static final String SUFFIX = "_counterfactual";
    private static final int MOST_NAMES = 200;

    /** The data sets by how they say answers, each with the counterfactual that the benchmark uses. */
    private enum Kind {
        /** Names, of which the right one is the indirect object. */
        IOI("s2_io_flip"),
        /** A number under {@code label}. */
        ARITHMETIC("random"),
        /** The labels of choices. */
        MULTIPLE_CHOICE("symbol");

        private final String usual;

        Kind(String usual) {
            this.usual = usual + SUFFIX;
        }

        static Kind of(JsonNode prompt) {
            if (prompt.path(METADATA).has("indirect_object")
                    || prompt.path(CHOICES).isArray()) {
                return IOI;
            }
            return prompt.has(LABEL) ? ARITHMETIC : MULTIPLE_CHOICE;
        }
    }

    private BenchmarkPrompt() {}

    static boolean is(JsonNode prompt) {
        return prompt.path(PROMPT).isTextual()
                && !prompt.has("clean")
                && (prompt.has(ANSWER_KEY)
                        || prompt.has(LABEL)
                        || !counterfactuals(prompt).isEmpty());
    }

    /**
     * The pair in AutoCircuit's fields.
     *
     * @param counterfactual the field of the corrupt prompt; null for the one that the benchmark uses
     * @param isWanted whether there has to be a corrupt prompt; without one, only IOI has wrong answers
     */
    static ObjectNode pair(JsonNode prompt, @Nullable String counterfactual, boolean isWanted)
            throws UnusableException {
        Kind kind = Kind.of(prompt);
        String field = counterfactual == null ? kind.usual : counterfactual;
        JsonNode other = prompt.path(field);
        boolean isMissing = other.isMissingNode() || other.isNull();
        boolean isAlone = isMissing && counterfactual == null && !isWanted;
        if (!isAlone) {
            check(field, other, prompt);
        }
        ObjectNode pair = JsonNodeFactory.instance.objectNode();
        pair.set("clean", prompt.path(PROMPT));
        pair.putArray("answers").add(right(kind, prompt));
        if (!isAlone) {
            pair.set("corrupt", other.path(PROMPT));
        }
        if (kind == Kind.IOI) {
            pair.putArray("wrong_answers").add(" " + name(prompt, "subject", 1));
        } else if (!isAlone) {
            pair.putArray("wrong_answers").add(right(kind, other));
        }
        return pair;
    }

    private static void check(String field, JsonNode other, JsonNode prompt) throws UnusableException {
        String shown = TokenParser.shortened(field);
        if (!other.isObject()) {
            throw new UnusableException(
                    other.isMissingNode() || other.isNull()
                            ? "has no " + shown + "; give --counterfactual, one of those it has: " + names(prompt)
                            : shown + " is " + TokenParser.kind(other) + "; wanted an object with a prompt");
        }
        if (!other.path(PROMPT).isTextual()) {
            throw new UnusableException(shown + " has no text as prompt");
        }
    }

    private static String right(Kind kind, JsonNode prompt) throws UnusableException {
        return switch (kind) {
            case IOI -> " " + name(prompt, "indirect_object", 0);
            case ARITHMETIC -> text(LABEL, prompt.path(LABEL));
            case MULTIPLE_CHOICE -> choice(prompt.path(CHOICES).path(LABEL), prompt.path(ANSWER_KEY));
        };
    }

    /**
     * A name of an IOI prompt, which is in its metadata and among its two choices.
     *
     * @param after how many choices it stands behind the right one, in a circle
     */
    private static String name(JsonNode prompt, String role, int after) throws UnusableException {
        JsonNode name = prompt.path(METADATA).path(role);
        if (name.isTextual()) {
            return name.asText();
        }
        JsonNode choices = prompt.path(CHOICES);
        if (choices.size() != 2) {
            throw new UnusableException("has neither metadata with " + role + " nor two choices");
        }
        int right = place(choices, prompt.path(ANSWER_KEY));
        return text(CHOICES, choices.get((right + after) % 2));
    }

    private static String choice(JsonNode labels, JsonNode key) throws UnusableException {
        if (!labels.isArray() || labels.isEmpty()) {
            throw new UnusableException("choices has no list of labels");
        }
        return text(LABEL, labels.get(place(labels, key)));
    }

    /** The place of the right choice, which is said by its number from 0 or by itself. */
    private static int place(JsonNode choices, JsonNode key) throws UnusableException {
        if (key.isIntegralNumber() && key.canConvertToInt() && key.asInt() >= 0 && key.asInt() < choices.size()) {
            return key.asInt();
        }
        for (int place = 0; place < choices.size(); place++) {
            if (key.isTextual() && choices.get(place).asText().equals(key.asText())) {
                return place;
            }
        }
        throw new UnusableException("answerKey is "
                + (key.isTextual() ? "\"" + TokenParser.shortened(key.asText()) + "\"" : given(key))
                + "; wanted the number of a choice, from 0 to " + (choices.size() - 1) + ", or its label");
    }

    private static String text(String field, JsonNode value) throws UnusableException {
        if (value.isTextual() || value.isIntegralNumber()) {
            return value.asText();
        }
        throw new UnusableException(field + " is " + given(value) + "; wanted a text or a whole number");
    }

    private static String given(JsonNode value) {
        return value.isMissingNode() ? "missing" : TokenParser.kind(value);
    }

    private static List<String> counterfactuals(JsonNode prompt) {
        List<String> names = new ArrayList<>();
        prompt.properties().forEach(field -> {
            if (field.getKey().endsWith(SUFFIX) && !field.getValue().isNull()) {
                names.add(field.getKey());
            }
        });
        return names;
    }

    private static String names(JsonNode prompt) {
        List<String> names = counterfactuals(prompt);
        return names.isEmpty() ? "none" : TokenParser.shortened(String.join(", ", names), MOST_NAMES);
    }
}

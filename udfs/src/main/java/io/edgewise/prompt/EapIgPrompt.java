package io.edgewise.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.json.StrictJson;
import java.util.List;
import java.util.Locale;

/**
 * A prompt in the columns of EAP-IG's data sets: {@code clean}, {@code corrupted}, and token ids of right and wrong answers, or, in the greater-than
 * data, a year of two digits after which all years are right.
 */
final class EapIgPrompt {
    private static final String CORRUPTED = "corrupted";
    private static final int YEARS = 100;

    /** The columns of right and wrong token ids in the data of a task. */
    private record Columns(String right, String wrong) {}

    private static final List<Columns> IDS = List.of(
            new Columns("correct_idx", "incorrect_idx"),
            new Columns("answers_idx", "corrupted_answers_idx"),
            new Columns("clean_answer_idx", "corrupted_answer_idx"),
            new Columns("country_idx", "corrupted_country_idx"));

    /** The columns of a year, where there are no columns of wrong ids. */
    private static final List<String> YEAR = List.of("correct_idx", "label");

    private EapIgPrompt() {}

    static boolean is(JsonNode prompt) {
        return prompt.has(CORRUPTED) && !prompt.has("corrupt");
    }

    /** The pair in AutoCircuit's fields. */
    static ObjectNode pair(JsonNode prompt) throws UnusableException {
        ObjectNode pair = JsonNodeFactory.instance.objectNode();
        pair.set("clean", prompt.path("clean"));
        pair.set("corrupt", prompt.path(CORRUPTED));
        for (Columns columns : IDS) {
            if (prompt.has(columns.right()) && prompt.has(columns.wrong())) {
                pair.set("answers", ids(columns.right(), prompt));
                pair.set("wrong_answers", ids(columns.wrong(), prompt));
                return pair;
            }
        }
        for (String field : YEAR) {
            if (prompt.has(field)) {
                years(pair, field, number(field, prompt.path(field)));
                return pair;
            }
        }
        pair.set("answers", prompt.path("answers"));
        pair.set("wrong_answers", prompt.path("wrong_answers"));
        return pair;
    }

    /** A list of ids, which a table of texts has as a number or in brackets; null where there is none. */
    private static JsonNode ids(String field, JsonNode prompt) throws UnusableException {
        JsonNode value = value(field, prompt.path(field));
        if (value.isNull()) {
            return value;
        }
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        for (JsonNode id : value.isArray() ? value : List.of(value)) {
            ids.add(number(field, id));
        }
        return ids;
    }

    private static JsonNode value(String field, JsonNode value) throws UnusableException {
        if (!value.isTextual()) {
            return value;
        }
        try {
            return StrictJson.parse(value.asText());
        } catch (JsonProcessingException e) {
            throw wanted(field, value.asText());
        }
    }

    /** A whole number; tables in which some are missing have them with a fraction of 0. */
    private static int number(String field, JsonNode text) throws UnusableException {
        JsonNode value = value(field, text);
        if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            throw wanted(field, value.toString());
        }
        return value.asInt();
    }

    private static UnusableException wanted(String field, String given) {
        return new UnusableException(field + " is " + TokenParser.shortened(given) + "; wanted a whole number");
    }

    private static void years(ObjectNode pair, String field, int year) throws UnusableException {
        if (year < 0 || year >= YEARS - 1) {
            throw new UnusableException(field + " is " + year + "; without wrong ids it is a year from 0 to "
                    + (YEARS - 2) + ", and the years of two digits after it are right");
        }
        ArrayNode right = pair.putArray("answers");
        ArrayNode wrong = pair.putArray("wrong_answers");
        for (int other = 0; other < YEARS; other++) {
            (other > year ? right : wrong).add(String.format(Locale.ROOT, "%02d", other));
        }
    }
}

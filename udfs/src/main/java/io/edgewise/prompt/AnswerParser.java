package io.edgewise.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** Reads a prompt's answers: one list, or a list for each position of the output slice. */
record AnswerParser(TokenParser tokens, int vocabulary) {
    private static final String WANTED_TOKENS = "a list of texts or of token ids";
    private static final String WANTED_VALUES = "a list of numbers";

    /** @param positions how many positions have answers */
    Answers.Tokens tokens(String field, JsonNode prompt, int positions) throws UnusableException {
        List<List<Integer>> byPosition = new ArrayList<>();
        for (JsonNode list : byPosition(field, prompt, WANTED_TOKENS)) {
            byPosition.add(tokenList(field, list));
        }
        if (byPosition.size() != positions) {
            throw unevenPositions(field, byPosition.size(), positions);
        }
        return new Answers.Tokens(byPosition);
    }

    private List<Integer> tokenList(String field, JsonNode list) throws UnusableException {
        if (!list.isArray() || list.isEmpty() || !list.get(0).isTextual()) {
            return tokens.ids(field, list, WANTED_TOKENS, vocabulary);
        }
        List<Integer> answers = new ArrayList<>();
        for (JsonNode answer : list) {
            if (!answer.isTextual()) {
                throw new UnusableException(field + " mixes texts and " + TokenParser.kind(answer));
            }
            List<Integer> ids = tokens.encode(field, answer.asText(), vocabulary);
            if (ids.size() != 1) {
                throw new UnusableException(field + " has \"" + TokenParser.shortened(answer.asText()) + "\", which is "
                        + ids.size() + " tokens; an answer is one");
            }
            answers.add(ids.get(0));
        }
        return answers;
    }

    /** @param positions how many positions have answers */
    Answers.Values values(String field, JsonNode prompt, int positions) throws UnusableException {
        List<List<Float>> byPosition = new ArrayList<>();
        for (JsonNode list : byPosition(field, prompt, WANTED_VALUES)) {
            byPosition.add(valueList(field, list));
        }
        if (byPosition.size() != positions && byPosition.size() != 1) {
            throw unevenPositions(field, byPosition.size(), positions);
        }
        return new Answers.Values(byPosition);
    }

    private List<Float> valueList(String field, JsonNode list) throws UnusableException {
        TokenParser.checkList(field, list, WANTED_VALUES);
        List<Float> values = new ArrayList<>();
        for (JsonNode value : list) {
            if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
                throw new UnusableException(field + " has " + TokenParser.kind(value) + "; wanted " + WANTED_VALUES);
            }
            values.add(value.floatValue());
        }
        if (values.size() != 1 && values.size() != vocabulary) {
            throw new UnusableException(field + " has " + values.size() + " numbers; wanted one, or one for each of "
                    + vocabulary + " tokens");
        }
        return values;
    }

    /** One list for each position: the lists in the field, or the field itself where there is one position. One text is a list of it. */
    private static List<JsonNode> byPosition(String field, JsonNode prompt, String wanted) throws UnusableException {
        JsonNode value = prompt.path(field);
        if (value.isTextual()) {
            return List.of(JsonNodeFactory.instance.arrayNode().add(value));
        }
        TokenParser.checkList(field, value, wanted);
        if (!value.get(0).isArray()) {
            return List.of(value);
        }
        List<JsonNode> lists = new ArrayList<>();
        for (JsonNode list : value) {
            if (!list.isArray()) {
                throw new UnusableException(field + " mixes lists and " + TokenParser.kind(list));
            }
            lists.add(list);
        }
        return lists;
    }

    private static UnusableException unevenPositions(String field, int given, int positions) {
        return new UnusableException(field + " has answers for " + given + (given == 1 ? " position" : " positions")
                + "; the output slice has " + positions);
    }
}

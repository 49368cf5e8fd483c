package io.edgewise.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A text that was tokenised before, as the text encoder of DJL's Spark extension writes it: {@code ids}, {@code type_ids} and
 * {@code attention_mask}, which is 0 for padding.
 */
final class EncodedText {
    private EncodedText() {}

    static boolean is(JsonNode value) {
        return value.isObject() && value.has("ids");
    }

    /** The ids without padding, which may stand before or after them; all ids where there is no mask. */
    static JsonNode ids(String field, JsonNode value) throws UnusableException {
        JsonNode ids = value.path("ids");
        JsonNode mask = value.path("attention_mask");
        if (mask.isMissingNode() || mask.isNull()) {
            return ids;
        }
        if (!ids.isArray() || !mask.isArray() || mask.size() != ids.size()) {
            throw new UnusableException(field + " has " + count("id", ids) + " and " + count("attention mask", mask)
                    + "; wanted a mask for each id");
        }
        ArrayNode read = JsonNodeFactory.instance.arrayNode();
        int end = -1;
        for (int place = 0; place < ids.size(); place++) {
            JsonNode of = mask.get(place);
            if (!of.isIntegralNumber() || (of.asLong() != 0 && of.asLong() != 1)) {
                throw new UnusableException(
                        field + " has the attention mask " + TokenParser.kind(of) + "; wanted 0 for padding, else 1");
            }
            if (of.asLong() == 1) {
                if (end >= 0 && end != place) {
                    throw new UnusableException(field + " has padding between its tokens, at place " + end);
                }
                read.add(ids.get(place));
                end = place + 1;
            }
        }
        return read;
    }

    private static String count(String what, JsonNode list) {
        return list.isArray()
                ? list.size() + " " + what + (list.size() == 1 ? "" : "s")
                : TokenParser.kind(list) + " for its " + what + "s";
    }
}

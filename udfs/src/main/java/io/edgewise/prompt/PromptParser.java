package io.edgewise.prompt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgewise.InputException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes prompt pairs of AutoCircuit's JSON, text or token ids, and says of every bad one what is wrong with it. */
public final class PromptParser {
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(20).build())
            .build());

    private final @Nullable Tokenizer tokenizer;
    private final @Nullable Integer bos;
    private final int vocabulary;
    private final int positions;

    /**
     * @param tokenizer makes tokens of text; null where prompts have to be token ids
     * @param vocabulary tokens that the model knows
     * @param positions tokens that the model can read
     * @throws InputException where a begin-of-text token is asked for and there is none
     */
    public PromptParser(@Nullable Tokenizer tokenizer, BosRule bosRule, int vocabulary, int positions) {
        this.tokenizer = tokenizer;
        this.bos = tokenizer == null || bosRule == BosRule.FALSE ? null : tokenizer.bos();
        this.vocabulary = vocabulary;
        this.positions = positions;
        if (bosRule == BosRule.TRUE && bos == null) {
            throw new InputException("--prepend-bos true wants a begin-of-text token, but the model directory's"
                    + " tokenizer has none; give --prepend-bos auto or false");
        }
    }

    /** Why a prompt can't be used; never leaves this class. */
    private static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    public ParsedPrompt parse(String json) {
        try {
            return new ParsedPrompt.Usable(pair(JSON.readTree(json)));
        } catch (JsonProcessingException e) {
            return new ParsedPrompt.Rejected("not JSON: " + e.getOriginalMessage());
        } catch (UnusableException e) {
            return new ParsedPrompt.Rejected(e.reason());
        }
    }

    private PromptPair pair(JsonNode prompt) throws UnusableException {
        if (prompt == null || !prompt.isObject()) {
            throw new UnusableException("not a JSON object with clean, corrupt, answers and wrong_answers");
        }
        List<Integer> clean = tokens("clean", prompt);
        List<Integer> corrupt = tokens("corrupt", prompt);
        List<Integer> answers = answers("answers", prompt);
        List<Integer> wrongAnswers = answers("wrong_answers", prompt);
        if (clean.size() != corrupt.size()) {
            throw new UnusableException("clean has " + clean.size() + " tokens and corrupt " + corrupt.size()
                    + "; they need the same number");
        }
        if (clean.size() > positions) {
            throw new UnusableException("has " + clean.size() + " tokens; the model reads at most " + positions);
        }
        if (clean.equals(corrupt)) {
            throw new UnusableException("clean and corrupt are the same tokens");
        }
        for (int answer : answers) {
            if (wrongAnswers.contains(answer)) {
                throw new UnusableException("token " + answer + " is among the answers and the wrong_answers");
            }
        }
        return new PromptPair(clean, corrupt, answers, wrongAnswers);
    }

    private List<Integer> tokens(String field, JsonNode prompt) throws UnusableException {
        JsonNode value = prompt.path(field);
        if (value.isTextual()) {
            List<Integer> tokens = new ArrayList<>();
            if (bos != null) {
                tokens.add(bos);
            }
            tokens.addAll(encode(field, value.asText()));
            return tokens;
        }
        return ids(field, value, "text or a list of token ids");
    }

    private List<Integer> answers(String field, JsonNode prompt) throws UnusableException {
        JsonNode value = prompt.path(field);
        if (!value.isArray() || value.isEmpty() || !value.get(0).isTextual()) {
            return ids(field, value, "a list of texts or of token ids");
        }
        List<Integer> answers = new ArrayList<>();
        for (JsonNode answer : value) {
            if (!answer.isTextual()) {
                throw new UnusableException(field + " mixes texts and " + kind(answer));
            }
            List<Integer> tokens = encode(field, answer.asText());
            if (tokens.size() != 1) {
                throw new UnusableException(field + " has \"" + shortened(answer.asText()) + "\", which is "
                        + tokens.size() + " tokens; an answer is one");
            }
            answers.add(tokens.get(0));
        }
        return answers;
    }

    private List<Integer> encode(String field, String text) throws UnusableException {
        if (tokenizer == null) {
            throw new UnusableException(
                    field + " is text, but the model directory has no tokenizer.json; give token ids");
        }
        List<Integer> tokens = tokenizer.encode(text);
        if (tokens.isEmpty()) {
            throw new UnusableException(field + " is empty");
        }
        if (tokenizer.unknown() != null && tokens.contains(tokenizer.unknown())) {
            throw new UnusableException(
                    field + " has a word that the tokenizer doesn't know: \"" + shortened(text) + "\"");
        }
        for (int token : tokens) {
            checkToken(field, token);
        }
        return tokens;
    }

    private List<Integer> ids(String field, JsonNode value, String wanted) throws UnusableException {
        if (value.isMissingNode()) {
            throw new UnusableException("has no " + field);
        }
        if (!value.isArray()) {
            throw new UnusableException(field + " is " + kind(value) + "; wanted " + wanted);
        }
        if (value.isEmpty()) {
            throw new UnusableException(field + " is empty");
        }
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : value) {
            if (!id.isIntegralNumber() || !id.canConvertToInt()) {
                throw new UnusableException(field + " has " + kind(id) + "; wanted " + wanted);
            }
            checkToken(field, id.asInt());
            ids.add(id.asInt());
        }
        return ids;
    }

    private void checkToken(String field, int token) throws UnusableException {
        if (token < 0 || token >= vocabulary) {
            throw new UnusableException(field + " has token " + token + "; the model knows 0 to " + (vocabulary - 1));
        }
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NULL -> "null";
            default -> shortened(value.toString());
        };
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}

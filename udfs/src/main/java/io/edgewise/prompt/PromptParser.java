package io.edgewise.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.json.StrictJson;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A parser of prompt pairs in AutoCircuit's JSON, as text or token ids, in that of the MIB benchmark's data sets, or in the columns of EAP-IG's. It
 * says what is wrong with each bad one.
 */
public final class PromptParser {
    private final TokenParser tokens;
    private final AnswerParser answers;
    private final @Nullable Integer bos;
    private final PromptRules rules;
    private final @Nullable String counterfactual;

    /** A parser that takes the MIB benchmark's own counterfactual of each of its data sets. */
    public PromptParser(@Nullable Tokenizer tokenizer, BosRule bosRule, PromptRules rules) {
        this(tokenizer, bosRule, rules, null);
    }

    /**
     * @param tokenizer makes tokens of text; null where prompts have to be token ids
     * @param counterfactual the field of the corrupt prompt in data sets of the MIB benchmark; null for the one that it uses itself
     * @throws InputException where a begin-of-text token is asked for and there is none
     */
    public PromptParser(
            @Nullable Tokenizer tokenizer, BosRule bosRule, PromptRules rules, @Nullable String counterfactual) {
        this.tokens = new TokenParser(tokenizer);
        this.answers = new AnswerParser(tokens, rules.outputVocabulary());
        this.bos = tokenizer == null || bosRule == BosRule.FALSE ? null : tokenizer.bos();
        this.rules = rules;
        this.counterfactual = counterfactual;
        if (bosRule == BosRule.TRUE && bos == null) {
            throw new InputException("--prepend-bos true wants a begin-of-text token, but the model directory's"
                    + " tokenizer has none; give --prepend-bos auto or false");
        }
        if (bos != null && bos >= rules.vocabulary()) {
            throw new InputException("The tokenizer's begin-of-text token is " + bos + ", but the model knows 0 to "
                    + (rules.vocabulary() - 1) + "; give --prepend-bos false, or the model's own tokenizer");
        }
    }

    public ParsedPrompt parse(PromptText text) {
        String fault = text.fault();
        if (fault != null) {
            return new ParsedPrompt.Rejected(fault);
        }
        try {
            return new ParsedPrompt.Usable(pair(fields(StrictJson.parse(text.json()))));
        } catch (JsonProcessingException e) {
            return new ParsedPrompt.Rejected("is not JSON: " + TokenParser.shortened(e.getOriginalMessage(), 200));
        } catch (UnusableException e) {
            return new ParsedPrompt.Rejected(e.reason());
        }
    }

    /** The prompt in AutoCircuit's fields. */
    private JsonNode fields(JsonNode prompt) throws UnusableException {
        if (BenchmarkPrompt.is(prompt)) {
            return BenchmarkPrompt.pair(prompt, counterfactual, rules.needs().corruptFor() != null);
        }
        if (counterfactual != null) {
            throw new UnusableException(
                    "is none of the MIB benchmark's, with a prompt and its counterfactuals; leave out"
                            + " --counterfactual");
        }
        return EapIgPrompt.is(prompt) ? EapIgPrompt.pair(prompt) : prompt;
    }

    private PromptPair pair(JsonNode prompt) throws UnusableException {
        if (!prompt.isObject()) {
            throw new UnusableException("is not a JSON object with clean, corrupt, answers and wrong_answers");
        }
        List<Integer> clean = tokens("clean", prompt);
        List<Integer> corrupt = corrupt(prompt, clean);
        if (clean.size() > rules.positions()) {
            throw new UnusableException(
                    "has " + clean.size() + " tokens; the model reads at most " + rules.positions());
        }
        if (clean.equals(corrupt)) {
            throw new UnusableException("clean and corrupt are the same tokens");
        }
        return switch (rules.needs().answers()) {
            case UNUSED -> new PromptPair(clean, corrupt, new Answers.Unused(), new Answers.Unused());
            case VALUES -> new PromptPair(clean, corrupt, values(prompt, clean.size()), new Answers.Unused());
            case TOKENS -> withTokenAnswers(prompt, clean, corrupt);
        };
    }

    /** The corrupt tokens; none where there are none and none are needed. */
    private List<Integer> corrupt(JsonNode prompt, List<Integer> clean) throws UnusableException {
        if (isMissing("corrupt", prompt, rules.needs().corruptFor(), "it")) {
            return List.of();
        }
        List<Integer> corrupt = tokens("corrupt", prompt);
        if (clean.size() != corrupt.size()) {
            throw new UnusableException("clean has " + clean.size() + " tokens and corrupt " + corrupt.size()
                    + "; they need the same number");
        }
        return corrupt;
    }

    /**
     * Whether a field is missing, null or an empty list.
     *
     * @param neededFor the option that needs it; null where none does
     */
    private static boolean isMissing(String field, JsonNode prompt, @Nullable String neededFor, String pronoun)
            throws UnusableException {
        JsonNode value = prompt.path(field);
        boolean isMissing = value.isMissingNode() || value.isNull() || (value.isArray() && value.isEmpty());
        if (isMissing && neededFor != null) {
            throw new UnusableException("has no " + field + "; " + neededFor + " needs " + pronoun);
        }
        return isMissing;
    }

    private Answers values(JsonNode prompt, int length) throws UnusableException {
        return answers.values("answers", prompt, answerPositions(length));
    }

    private PromptPair withTokenAnswers(JsonNode prompt, List<Integer> clean, List<Integer> corrupt)
            throws UnusableException {
        int positions = answerPositions(clean.size());
        Answers.Tokens right = answers.tokens("answers", prompt, positions);
        if (isMissing("wrong_answers", prompt, rules.needs().wrongAnswersFor(), "them")) {
            return new PromptPair(clean, corrupt, right, new Answers.Unused());
        }
        Answers.Tokens wrong = answers.tokens("wrong_answers", prompt, positions);
        if (positions > 1) {
            if (right.equals(wrong)) {
                throw new UnusableException("answers and wrong_answers are the same tokens");
            }
            return new PromptPair(clean, corrupt, right, wrong);
        }
        for (int answer : right.byPosition().get(0)) {
            if (wrong.byPosition().get(0).contains(answer)) {
                throw new UnusableException("token " + answer + " is among the answers and the wrong_answers");
            }
        }
        return new PromptPair(clean, corrupt, right, wrong);
    }

    private int answerPositions(int length) throws UnusableException {
        int positions = rules.answerPositions().applyAsInt(length);
        if (positions < 1) {
            throw new UnusableException("has " + length + " token; the output slice leaves out the first");
        }
        return positions;
    }

    private List<Integer> tokens(String field, JsonNode prompt) throws UnusableException {
        JsonNode value = prompt.path(field);
        if (!value.isTextual()) {
            JsonNode ids = EncodedText.is(value) ? EncodedText.ids(field, value) : value;
            return tokens.ids(field, ids, "text or a list of token ids", rules.vocabulary());
        }
        List<Integer> ids = tokens.encode(field, value.asText(), rules.vocabulary());
        return bos == null ? ids : Stream.concat(Stream.of(bos), ids.stream()).toList();
    }
}

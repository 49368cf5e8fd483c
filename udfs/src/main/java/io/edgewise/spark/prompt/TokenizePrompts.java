package io.edgewise.spark.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.json.StrictJson;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.prompt.BosRule;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.prompt.PromptParser;
import io.edgewise.prompt.PromptRules;
import io.edgewise.prompt.PromptText;
import io.edgewise.prompt.RawPrompt;
import io.edgewise.prompt.Tokenizer;
import io.edgewise.spark.MappedIterator;
import io.edgewise.spark.model.ModelCache;
import io.edgewise.spark.model.ModelSource;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * A function that tokenizes prompts into rows of {@link ParsedRows}. The tokenizer is closed when the task ends.
 *
 * @param groupBy the field of a prompt that names its group; null for no groups
 * @param counterfactual the field of the corrupt prompt in data sets of the MIB benchmark; null for the one that it uses itself
 */
public record TokenizePrompts(
        ModelSource model,
        BosRule bosRule,
        PromptNeeds needs,
        @Nullable String groupBy,
        @Nullable String counterfactual)
        implements MapPartitionsFunction<RawPrompt, Row> {
    @Override
    public Iterator<Row> call(Iterator<RawPrompt> prompts) {
        Path directory = ModelCache.local(model.uri());
        TransformerConfig config = TransformerConfig.read(directory);
        Optional<Tokenizer> tokenizer = Tokenizer.read(directory);
        tokenizer.ifPresent(TokenizePrompts::closeWithTask);
        PromptRules rules = new PromptRules(
                config.vocabulary(), config.outputVocabulary(), config.positions(), needs, model.slice()::positions);
        PromptParser parser = new PromptParser(tokenizer.orElse(null), bosRule, rules, counterfactual);
        return new MappedIterator<>(
                prompts, prompt -> ParsedRows.row(prompt, parser.parse(prompt.text()), group(prompt.text())));
    }

    private @Nullable String group(PromptText text) {
        if (groupBy == null || text.fault() != null) {
            return null;
        }
        try {
            JsonNode group = StrictJson.parse(text.json()).path(groupBy);
            return group.isMissingNode() || group.isNull()
                    ? null
                    : group.isTextual() ? group.asText() : group.toString();
        } catch (JsonProcessingException e) {
            return null; // The parser says so.
        }
    }

    private static void closeWithTask(Tokenizer tokenizer) {
        TaskCompletionListener close = context -> tokenizer.close();
        TaskContext.get().addTaskCompletionListener(close);
    }
}

package io.edgewise.spark.prompt;

import io.edgewise.circuit.Answer;
import io.edgewise.circuit.ShownAnswer;
import io.edgewise.prompt.Answers;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.Tokenizer;
import io.edgewise.spark.model.ModelCache;
import io.edgewise.spark.model.ModelSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A function that writes the answers on the shown prompts of a partition as text. Without a tokenizer, the text is the token ids. */
public record TellAnswers(ModelSource model, List<ShownAnswer> answers) implements MapPartitionsFunction<Row, Row> {
    private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
    private static final StructType SCHEMA = new StructType()
            .add("requested_edges", DataTypes.IntegerType, false)
            .add("achieved_edges", DataTypes.IntegerType, false)
            .add("prompt", DataTypes.LongType, false)
            .add("clean", DataTypes.StringType, false)
            .add("corrupt", DataTypes.StringType)
            .add("answers", TEXTS)
            .add("wrong_answers", TEXTS)
            .add("full_answer_diff", DataTypes.DoubleType)
            .add("full_token", DataTypes.StringType, false)
            .add("full_token_prob", DataTypes.DoubleType, false)
            .add("answer_diff", DataTypes.DoubleType)
            .add("token", DataTypes.StringType, false)
            .add("token_prob", DataTypes.DoubleType, false);

    public TellAnswers {
        answers = List.copyOf(answers);
    }

    /** The columns. */
    public static StructType schema() {
        return SCHEMA;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> prompts) {
        Optional<Tokenizer> tokenizer = Tokenizer.read(ModelCache.local(model.uri()));
        try {
            List<Row> rows = new ArrayList<>();
            for (int shown = 0; prompts.hasNext(); shown++) {
                int place = shown;
                Row prompt = prompts.next();
                Words words = new Words(tokenizer.orElse(null));
                answers.stream()
                        .filter(answer -> answer.place() == place)
                        .map(answer -> words.row(prompt, answer))
                        .forEach(rows::add);
            }
            return rows.iterator();
        } finally {
            tokenizer.ifPresent(Tokenizer::close);
        }
    }

    private record Words(@Nullable Tokenizer tokenizer) {

        Row row(Row prompt, ShownAnswer answer) {
            PromptPair pair = ParsedRows.pair(prompt);
            return RowFactory.create(
                    answer.circuit().requestedEdges(),
                    answer.circuit().achievedEdges(),
                    prompt.getLong(prompt.fieldIndex("index")),
                    text(pair.clean()),
                    pair.hasCorrupt() ? text(pair.corrupt()) : null,
                    each(pair.answers()),
                    each(pair.wrongAnswers()),
                    difference(answer.before()),
                    text(List.of(answer.before().token())),
                    answer.before().probability(),
                    difference(answer.after()),
                    text(List.of(answer.after().token())),
                    answer.after().probability());
        }

        private static @Nullable Double difference(Answer answer) {
            return Double.isNaN(answer.difference()) ? null : answer.difference();
        }

        /** The answers at the last position, each as text. */
        private String @Nullable [] each(Answers answers) {
            if (!(answers instanceof Answers.Tokens tokens)) {
                return null;
            }
            List<List<Integer>> all = tokens.byPosition();
            return all.get(all.size() - 1).stream()
                    .map(token -> text(List.of(token)))
                    .toArray(String[]::new);
        }

        /** The text of tokens, without the begin-of-text token that every prompt has. */
        private String text(List<Integer> tokens) {
            if (tokenizer == null) {
                return String.join(" ", tokens.stream().map(String::valueOf).toList());
            }
            boolean begins = tokens.size() > 1 && tokens.get(0).equals(tokenizer.bos());
            return tokenizer.decode(begins ? tokens.subList(1, tokens.size()) : tokens);
        }
    }
}

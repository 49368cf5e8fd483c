package io.edgewise.spark.prompt;

import io.edgewise.prompt.Answers;
import io.edgewise.prompt.ParsedPrompt;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.RawPrompt;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Parsed prompts as rows: {@code reason} and {@code json} where a prompt was rejected, its token ids where not. */
public final class ParsedRows {
    private static final DataType TOKENS = DataTypes.createArrayType(DataTypes.IntegerType);
    private static final StructType SCHEMA = new StructType()
            .add("index", DataTypes.LongType, false)
            .add("origin", DataTypes.StringType, false)
            .add("length", DataTypes.IntegerType)
            .add("clean", TOKENS)
            .add("corrupt", TOKENS)
            .add("answers", DataTypes.createArrayType(TOKENS))
            .add("wrong_answers", DataTypes.createArrayType(TOKENS))
            .add("targets", DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)))
            .add("group", DataTypes.StringType)
            .add("reason", DataTypes.StringType)
            .add("json", DataTypes.StringType);

    private ParsedRows() {}

    /** The columns. */
    public static StructType schema() {
        return SCHEMA;
    }

    /** @param group the prompt's group; null where it is in no group */
    static Row row(RawPrompt raw, ParsedPrompt parsed, @Nullable String group) {
        if (parsed instanceof ParsedPrompt.Usable usable) {
            PromptPair pair = usable.pair();
            return RowFactory.create(
                    raw.index(),
                    raw.origin(),
                    pair.length(),
                    pair.clean().toArray(),
                    pair.hasCorrupt() ? pair.corrupt().toArray() : null,
                    pair.answers() instanceof Answers.Tokens tokens ? nested(tokens.byPosition()) : null,
                    pair.wrongAnswers() instanceof Answers.Tokens tokens ? nested(tokens.byPosition()) : null,
                    pair.answers() instanceof Answers.Values values ? nested(values.byPosition()) : null,
                    group,
                    null,
                    null);
        }
        ParsedPrompt.Rejected rejected = (ParsedPrompt.Rejected) parsed;
        return RowFactory.create(
                raw.index(),
                raw.origin(),
                null,
                null,
                null,
                null,
                null,
                null,
                group,
                rejected.reason(),
                raw.text().json());
    }

    private static Object[] nested(List<? extends List<?>> lists) {
        return lists.stream().map(List::toArray).toArray();
    }

    /** The prompt pair in a row that was not rejected. */
    static PromptPair pair(Row row) {
        List<Integer> clean = row.getList(row.fieldIndex("clean"));
        int corruptField = row.fieldIndex("corrupt");
        List<Integer> corrupt = row.isNullAt(corruptField) ? List.of() : row.getList(corruptField);
        List<List<Float>> targets = lists(row, "targets");
        if (targets != null) {
            return new PromptPair(clean, corrupt, new Answers.Values(targets), new Answers.Unused());
        }
        return new PromptPair(clean, corrupt, tokens(row, "answers"), tokens(row, "wrong_answers"));
    }

    private static Answers tokens(Row row, String column) {
        List<List<Integer>> lists = lists(row, column);
        return lists == null ? new Answers.Unused() : new Answers.Tokens(lists);
    }

    private static <T> @Nullable List<List<T>> lists(Row row, String column) {
        int field = row.fieldIndex(column);
        if (row.isNullAt(field)) {
            return null;
        }
        List<Seq<T>> lists = row.getList(field);
        return lists.stream()
                .map(JavaConverters::asJavaCollection)
                .map(List::copyOf)
                .toList();
    }
}

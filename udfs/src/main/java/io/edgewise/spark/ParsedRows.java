package io.edgewise.spark;

import io.edgewise.prompt.ParsedPrompt;
import io.edgewise.prompt.PromptPair;
import io.edgewise.prompt.RawPrompt;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Parsed prompts as rows: {@code reason} and {@code json} where one was rejected, the token ids where not. */
public final class ParsedRows {
    private static final StructType SCHEMA = new StructType()
            .add("index", DataTypes.LongType, false)
            .add("origin", DataTypes.StringType, false)
            .add("length", DataTypes.IntegerType)
            .add("clean", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("corrupt", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("answers", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("wrong_answers", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("reason", DataTypes.StringType)
            .add("json", DataTypes.StringType);

    private ParsedRows() {}

    /** The columns. */
    public static StructType schema() {
        return SCHEMA;
    }

    static Row row(RawPrompt raw, ParsedPrompt parsed) {
        if (parsed instanceof ParsedPrompt.Usable usable) {
            PromptPair pair = usable.pair();
            return RowFactory.create(
                    raw.index(),
                    raw.origin(),
                    pair.length(),
                    pair.clean().toArray(),
                    pair.corrupt().toArray(),
                    pair.answers().toArray(),
                    pair.wrongAnswers().toArray(),
                    null,
                    null);
        }
        ParsedPrompt.Rejected rejected = (ParsedPrompt.Rejected) parsed;
        return RowFactory.create(
                raw.index(), raw.origin(), null, null, null, null, null, rejected.reason(), raw.json());
    }

    /** The prompt pair in a row that was not rejected. */
    static PromptPair pair(Row row) {
        List<Integer> clean = row.getList(row.fieldIndex("clean"));
        List<Integer> corrupt = row.getList(row.fieldIndex("corrupt"));
        List<Integer> answers = row.getList(row.fieldIndex("answers"));
        List<Integer> wrongAnswers = row.getList(row.fieldIndex("wrong_answers"));
        return new PromptPair(clean, corrupt, answers, wrongAnswers);
    }
}

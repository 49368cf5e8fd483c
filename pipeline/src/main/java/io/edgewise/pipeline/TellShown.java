package io.edgewise.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.edgewise.circuit.ShownAnswer;
import io.edgewise.reduce.BatchNotes.Unfit;
import io.edgewise.spark.prompt.TellAnswers;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The job that turns the answers of the whole model and every circuit on the first prompts into text.
 *
 * @param answers the answers on a few prompts at the beginning of the first batch
 * @param unfit prompts that were not run
 */
public record TellShown(List<ShownAnswer> answers, List<Unfit> unfit) {

    public Dataset<Row> execute(PromptBatches.Result prompts) {
        Object[] notRun = unfit.stream()
                .filter(prompt -> prompt.batch() == 0)
                .map(Unfit::place)
                .toArray();
        Column wasRun = not(col("place").isInCollection(List.of(notRun)));
        int shown =
                answers.stream().mapToInt(answer -> answer.place() + 1).max().orElse(0);
        return prompts.placed()
                .filter(col("batch_index").equalTo(0).and(wasRun))
                .orderBy("place")
                .limit(shown)
                .coalesce(1)
                .mapPartitions(new TellAnswers(prompts.model(), answers), Encoders.row(TellAnswers.schema()));
    }
}

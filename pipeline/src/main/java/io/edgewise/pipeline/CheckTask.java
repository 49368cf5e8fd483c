package io.edgewise.pipeline;

import io.edgewise.reduce.RightAnswers;
import io.edgewise.score.TaskCount;
import io.edgewise.spark.batch.CountRightAnswers;

/**
 * The job that counts how often the whole model is right, for methods whose own runs don't. The work's watch is told too.
 *
 * @param work the job's name, and where finished batches are kept
 */
public record CheckTask(BatchWork work) {

    public RightAnswers execute(PromptBatches.Result prompts) {
        return work.sum(prompts, TaskCount.LENGTH, new CountRightAnswers(prompts.model()))
                .notes()
                .right();
    }
}

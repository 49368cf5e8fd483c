package io.edgewise.jobs.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.edgewise.score.mask.TrainingPoint;

/**
 * A step of a training. A page holds many, so they are short in JSON: an array without names.
 *
 * @param step the number of the step, from 1
 * @param epoch the number of the pass over all prompts, from 1
 * @param loss the faithfulness loss and what the circuit's size adds
 * @param faithfulness the faithfulness loss on the step's prompts
 * @param edges the sum of the masks in the circuit
 * @param validationLoss the loss on the validation prompts; not a number where it wasn't measured
 * @param validationFaithfulness the faithfulness loss there; not a number where it wasn't measured
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"step", "epoch", "loss", "faithfulness", "edges", "validationLoss", "validationFaithfulness"})
public record TrainingStep(
        int step,
        int epoch,
        double loss,
        double faithfulness,
        double edges,
        double validationLoss,
        double validationFaithfulness) {

    static TrainingStep of(TrainingPoint point) {
        return new TrainingStep(
                point.step(),
                point.epoch(),
                point.loss(),
                point.faithfulness(),
                point.edges(),
                point.validation() + point.regularizer(),
                point.validation());
    }
}

package io.edgewise.score.mask;

/**
 * A point of a training curve.
 *
 * @param step the number of the step, from 1
 * @param epoch the number of the pass over all batches that it belongs to, from 1
 * @param loss the faithfulness and the regularizer together
 * @param faithfulness how far the circuit's output is from what is wanted, mean over the step's prompts, before the step
 * @param regularizer what the circuit's size adds to the loss
 * @param edges how many edges the circuit has, in parts where masks lie between 0 and 1
 * @param validation the faithfulness on the validation prompts after the step; not a number where it wasn't measured
 */
public record TrainingPoint(
        int step, int epoch, double loss, double faithfulness, double regularizer, double edges, double validation) {

    /** The same point with the faithfulness on the validation prompts. */
    public TrainingPoint validated(double faithfulnessThere) {
        return new TrainingPoint(step, epoch, loss, faithfulness, regularizer, edges, faithfulnessThere);
    }
}

package io.edgewise.circuit;

import io.edgewise.prompt.PromptBatch;
import io.edgewise.uncertainty.Bootstrap;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums over prompts in the replicates of the bootstrap, where each prompt counts as often as drawn, and how many prompts each replicate
 * has. They are part of what a batch sums, so they travel like every sum over batches.
 *
 * @param sums how many sums there are, each in every replicate
 * @param start where these numbers begin in an array
 */
record ReplicateSums(Bootstrap bootstrap, int sums, int start) {

    /** How many numbers: every sum's replicates, then the number of prompts of each replicate. */
    int length() {
        return Math.multiplyExact(Math.addExact(sums, 1), bootstrap.replicates());
    }

    /** How often each prompt of a batch counts, {@code [prompt][replicate]}. */
    int[][] weights(PromptBatch batch) {
        return batch.pairs().stream().map(bootstrap::weights).toArray(int[][]::new);
    }

    /**
     * Adds a batch's prompts to the replicates' counts of prompts.
     *
     * @param weights of the prompts
     */
    void count(double[] numbers, int[][] weights) {
        double[] once = new double[weights.length];
        Arrays.fill(once, 1);
        add(numbers, sums, weights, once);
    }

    /**
     * Adds a batch's prompts to one of the sums.
     *
     * @param sum which of the sums
     * @param weights of the prompts
     * @param shares what each prompt adds
     */
    void add(double[] numbers, int sum, int[][] weights, double[] shares) {
        int first = start + sum * bootstrap.replicates();
        for (int prompt = 0; prompt < shares.length; prompt++) {
            for (int replicate = 0; replicate < weights[prompt].length; replicate++) {
                // A prompt that isn't drawn adds nothing, also where its share is not a number.
                if (weights[prompt][replicate] != 0) {
                    numbers[first + replicate] += weights[prompt][replicate] * shares[prompt];
                }
            }
        }
    }

    /** Some neighbouring sums in a replicate. */
    double[] of(double[] numbers, int replicate, int firstSum, int count) {
        return IntStream.range(firstSum, firstSum + count)
                .mapToDouble(sum -> numbers[start + sum * bootstrap.replicates() + replicate])
                .toArray();
    }

    /** How many prompts a replicate has. */
    long prompts(double[] numbers, int replicate) {
        return Math.round(of(numbers, replicate, sums, 1)[0]);
    }
}

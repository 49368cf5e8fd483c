package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.Rotary;
import io.edgewise.model.config.Rotary.Pairs;

/**
 * The rotations of the positions of one forward pass.
 *
 * @param width how many of a head's dimensions are rotated
 * @param pairs which of them are rotated together
 * @param cosines {@code [seq, width]} or, where prompts have padding, {@code [batch, 1, seq, width]}
 * @param sines of the same shape
 */
record RotaryTable(int width, Pairs pairs, NDArray cosines, NDArray sines) {

    /** @param prefix positions before the first token */
    static RotaryTable of(Rotary rotary, Tokens tokens, int prefix) {
        int length = tokens.length();
        int prompts = tokens.hasPads() ? tokens.batch() : 1;
        float[] cosines = new float[prompts * length * rotary.width()];
        float[] sines = new float[cosines.length];
        for (int prompt = 0; prompt < prompts; prompt++) {
            int pad = tokens.hasPads() ? tokens.pads().get(prompt) : 0;
            double[] frequencies = rotary.frequencies(prefix + length - pad);
            for (int i = 0; i < length * rotary.width(); i++) {
                int position = prefix + Math.max(0, i / rotary.width() - pad);
                int dimension = i % rotary.width();
                double angle = position * frequencies[pair(rotary, dimension)];
                int at = prompt * length * rotary.width() + i;
                cosines[at] = (float) (rotary.attentionFactor() * Math.cos(angle));
                sines[at] = (float) (rotary.attentionFactor() * Math.sin(angle));
            }
        }
        NDManager manager = tokens.ids().getManager();
        Shape shape =
                tokens.hasPads() ? new Shape(prompts, 1, length, rotary.width()) : new Shape(length, rotary.width());
        return new RotaryTable(
                rotary.width(),
                rotary.pairs(),
                manager.create(cosines, shape).duplicate(),
                manager.create(sines, shape).duplicate());
    }

    private static int pair(Rotary rotary, int dimension) {
        return switch (rotary.pairs()) {
            case HALVES -> dimension % (rotary.width() / 2);
            case NEIGHBOURS -> dimension / 2;
        };
    }

    /** Rotates queries or keys {@code [batch, head, seq, d_head]}. */
    NDArray turn(NDArray x) {
        long headWidth = x.getShape().get(3);
        NDList parts = headWidth == width ? new NDList(x) : x.split(new long[] {width}, 3);
        NDArray turning = parts.get(0);
        NDArray turned = turning.mul(cosines).add(quarter(turning).mul(sines));
        return parts.size() == 1 ? turned : turned.concat(parts.get(1), 3);
    }

    /** Each pair rotated by a quarter of a circle. */
    private NDArray quarter(NDArray x) {
        Shape shape = x.getShape();
        int axis = pairs == Pairs.HALVES ? 3 : 4;
        NDArray paired = pairs == Pairs.HALVES ? x : x.reshape(shape.slice(0, 3).add(width / 2, 2));
        NDList both = paired.split(2, axis);
        return both.get(1).neg().concat(both.get(0), axis).reshape(shape);
    }
}

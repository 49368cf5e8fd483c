package io.edgewise.model;

import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.torch.DeviceWork;
import java.util.Arrays;

/** A timer of plain forward passes, which turns a cost counted in operations into seconds. */
public final class ForwardTiming {
    private static final int ROUNDS = 5;

    private ForwardTiming() {}

    /** The median of several rounds, in seconds, after a warm-up round that isn't counted. */
    public static double medianSeconds(PatchableModel model, int batchSize, int tokens) {
        long[] ids = new long[Math.multiplyExact(batchSize, tokens)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i * 7919L % model.config().vocabulary();
        }
        double[] seconds = new double[ROUNDS + 1];
        for (int round = 0; round <= ROUNDS; round++) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Tokens prompt = Tokens.of(model.create(ids, new Shape(batchSize, tokens)));
                long start = System.nanoTime();
                DeviceWork.await(model.logits(prompt));
                seconds[round] = (System.nanoTime() - start) / 1e9;
            }
        }
        double[] counted = Arrays.copyOfRange(seconds, 1, seconds.length);
        Arrays.sort(counted);
        return counted[ROUNDS / 2];
    }
}

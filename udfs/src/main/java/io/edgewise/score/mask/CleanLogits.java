package io.edgewise.score.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.PatchableModel;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole model's logits on the clean prompts of batches. They stay the same in every step, so those of the batches used last are kept in
 * Java's memory, as far as some bytes allow. Safe for use by several threads.
 */
public final class CleanLogits {
    private final long most;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Key(PatchableModel model, String batch, int length) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(Shape shape, float[] values) {}

    /** @param most how many bytes are kept; 0 keeps nothing */
    public CleanLogits(long most) {
        this.most = most;
    }

    /** The logits, {@code [batch, seq?, vocabulary]}, in the caller's scope. */
    NDArray of(PatchableModel model, PromptBatch batch) {
        Key key = new Key(model, batch.key(), batch.length());
        Kept known = known(key);
        if (known != null) {
            return model.create(known.values(), known.shape());
        }
        NDArray logits = model.logits(model.tokens(batch, PromptSide.CLEAN));
        if (bytes(logits.size()) <= most) {
            keep(key, new Kept(logits.getShape(), logits.toFloatArray()));
        }
        return logits;
    }

    private synchronized @Nullable Kept known(Key key) {
        return kept.get(key);
    }

    private synchronized void keep(Key key, Kept added) {
        if (kept.put(key, added) == null) {
            bytes += bytes(added.values().length);
        }
        Iterator<Kept> oldest = kept.values().iterator();
        while (bytes > most) {
            bytes -= bytes(oldest.next().values().length);
            oldest.remove();
        }
    }

    private static long bytes(long numbers) {
        return Float.BYTES * numbers;
    }
}

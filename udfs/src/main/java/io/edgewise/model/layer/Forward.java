package io.edgewise.model.layer;

import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.OutputTokens;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a forward pass that don't depend on what is patched.
 *
 * @param slice positions that are unembedded
 * @param outputs tokens whose logits are asked for
 * @param prefix what comes before every prompt; null for nothing
 */
public record Forward(OutputSlice slice, OutputTokens outputs, @Nullable KeyValueCache prefix, Hooks hooks) {

    public static Forward plain(OutputSlice slice) {
        return new Forward(slice, OutputTokens.ALL, null, Hooks.NONE);
    }

    /** Whether only the last position's logits are asked for, and no hook sees the others. */
    boolean givesLastAlone() {
        return slice == OutputSlice.LAST_SEQ && hooks.isEmpty();
    }

    int prefixLength() {
        return prefix == null ? 0 : prefix.prefix().size();
    }

    public Forward with(OutputSlice other) {
        return new Forward(other, outputs, prefix, hooks);
    }

    public Forward with(OutputTokens other) {
        return new Forward(slice, other, prefix, hooks);
    }

    public Forward with(KeyValueCache other) {
        return new Forward(slice, outputs, other, hooks);
    }

    public Forward with(Hooks other) {
        return new Forward(slice, outputs, prefix, other);
    }
}

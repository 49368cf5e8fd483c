package io.edgewise.model;

import org.jspecify.annotations.Nullable;

/**
 * How a forward pass is made, whatever is patched in it.
 *
 * @param slice positions that are unembedded
 * @param prefix what comes before every prompt; null for nothing
 */
record Forward(OutputSlice slice, @Nullable KeyValueCache prefix, Hooks hooks) {

    static Forward plain(OutputSlice slice) {
        return new Forward(slice, null, Hooks.NONE);
    }

    int prefixLength() {
        return prefix == null ? 0 : prefix.prefix().size();
    }

    Forward with(OutputSlice other) {
        return new Forward(other, prefix, hooks);
    }

    Forward with(KeyValueCache other) {
        return new Forward(slice, other, hooks);
    }

    Forward with(Hooks other) {
        return new Forward(slice, prefix, other);
    }
}

package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Keys and values of a prefix that all prompts share, computed once; AutoCircuit's {@code kv_caches}. One cache serves
 * every batch size. Nothing in the prefix is ever ablated.
 *
 * @param prefix the token ids
 * @param blocks keys and values, block by block
 */
record KeyValueCache(List<Integer> prefix, List<KeyValues> blocks) {
    KeyValueCache {
        prefix = List.copyOf(prefix);
        blocks = List.copyOf(blocks);
    }

    /** Where a pass shows its keys as they are kept: normed and turned by their positions. */
    static final String KEYS = "attn.kept_keys";

    /** Runs the prefix once. The arrays live as long as the model's weights. */
    static KeyValueCache of(Transformer model, List<Integer> prefix) {
        long[] ids = prefix.stream().mapToLong(Integer::longValue).toArray();
        Map<String, NDArray> seen = new HashMap<>();
        try (NDScope scope = new NDScope();
                Autograd off = Autograd.off()) {
            scope.suppressNotUsedWarning();
            ActivationHook keep = (name, activation) -> {
                NDArray own = activation.duplicate();
                NDScope.unregister(own);
                seen.put(name, own);
                return activation;
            };
            Hooks hooks = Hooks.NONE;
            for (int block = 0; block < model.config().blocks(); block++) {
                hooks = hooks.with(keyName(block), keep).with(valueName(block), keep);
            }
            Tokens tokens = Tokens.of(model.ids(ids, new Shape(1, ids.length)));
            model.network()
                    .run(
                            tokens,
                            new ResidualStream() {},
                            Forward.plain(OutputSlice.LAST_SEQ).with(hooks));
        }
        List<KeyValues> blocks = IntStream.range(0, model.config().blocks())
                .mapToObj(block -> new KeyValues(
                        Objects.requireNonNull(seen.get(keyName(block))),
                        Objects.requireNonNull(seen.get(valueName(block)))))
                .toList();
        return new KeyValueCache(prefix, blocks);
    }

    private static String keyName(int block) {
        return "blocks." + block + "." + KEYS;
    }

    private static String valueName(int block) {
        return "blocks." + block + ".attn.hook_v";
    }
}

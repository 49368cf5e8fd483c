package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.torch.Autograd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Keys and values of a prefix that all prompts share, computed once; AutoCircuit's {@code kv_caches}. One cache serves
 * every batch size. Nothing in the prefix is ever ablated.
 *
 * @param prefix the token ids
 * @param blocks keys and values, block by block
 */
public record KeyValueCache(List<Integer> prefix, List<KeyValues> blocks) {
    public KeyValueCache {
        prefix = List.copyOf(prefix);
        blocks = List.copyOf(blocks);
    }

    /** The name under which a pass shows its keys as they are kept: normed, and rotated by their positions. */
    static final String KEYS = "attn.kept_keys";

    /**
     * Runs the prefix once. The arrays live as long as the model's weights.
     *
     * @param blockCount blocks of the network
     * @param tokens makes an array {@code [batch, seq]} of the ids
     */
    public static KeyValueCache of(
            Network network, int blockCount, List<Integer> prefix, BiFunction<long[], Shape, NDArray> tokens) {
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
            for (int block = 0; block < blockCount; block++) {
                hooks = hooks.with(keyName(block), keep).with(valueName(block), keep);
            }
            network.run(
                    Tokens.of(tokens.apply(ids, new Shape(1, ids.length))),
                    new ResidualStream() {},
                    Forward.plain(OutputSlice.LAST_SEQ).with(hooks));
        }
        List<KeyValues> blocks = IntStream.range(0, blockCount)
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

package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import io.edgewise.InputException;
import io.edgewise.model.config.TransformerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The hooks of a forward pass, by the names of the activations that they see. Immutable. */
public final class Hooks {
    public static final Hooks NONE = new Hooks(Map.of());

    private final Map<String, List<ActivationHook>> byName;

    private Hooks(Map<String, List<ActivationHook>> byName) {
        this.byName = byName;
    }

    /** These hooks, then one more. */
    public Hooks with(String name, ActivationHook hook) {
        Map<String, List<ActivationHook>> more = new LinkedHashMap<>(byName);
        List<ActivationHook> own = new ArrayList<>(more.getOrDefault(name, List.of()));
        own.add(hook);
        more.put(name, List.copyOf(own));
        return new Hooks(more);
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** The activation after the hooks, with which the pass goes on. */
    NDArray at(String place, String activation, NDArray value) {
        if (byName.isEmpty()) {
            return value;
        }
        String name = place + activation;
        NDArray changed = value;
        for (ActivationHook hook : byName.getOrDefault(name, List.of())) {
            NDArray next = hook.apply(name, changed);
            if (!next.getShape().equals(value.getShape())) {
                throw new InputException(
                        "A hook at " + name + " gave shape " + next.getShape() + "; wanted " + value.getShape());
            }
            changed = next;
        }
        return changed;
    }

    /** TransformerLens' names of the activations that hooks see, in the order of the pass. */
    public static List<String> names(TransformerConfig config) {
        List<String> names = new ArrayList<>(List.of("hook_embed", "hook_pos_embed"));
        for (int block = 0; block < config.blocks(); block++) {
            List<String> parts = new ArrayList<>(List.of(
                    "hook_resid_pre",
                    "attn.hook_q",
                    "attn.hook_k",
                    "attn.hook_v",
                    "attn.hook_pattern",
                    "attn.hook_z",
                    "hook_attn_out"));
            if (config.hasMlps()) {
                boolean isMixture = config.mlp().mixture(block) != null;
                parts.add("hook_resid_mid");
                parts.addAll(isMixture ? List.of() : List.of("mlp.hook_pre", "mlp.hook_post"));
                parts.add("hook_mlp_out");
            }
            parts.add("hook_resid_post");
            String at = "blocks." + block + ".";
            parts.forEach(part -> names.add(at + part));
        }
        names.add("ln_final.hook_normalized");
        return names;
    }
}

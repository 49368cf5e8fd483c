package io.edgewise.ablation;

import io.edgewise.InputException;
import io.edgewise.prompt.PromptNeeds;
import io.edgewise.prompt.PromptSide;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What ablated edges carry. A type computed from the batch needs a side. The other types have no side, and giving one is an error
 * (AutoCircuit asserts the same, even on its own default).
 *
 * @param side the prompts of the batch whose activations are used; null where the activations aren't the batch's
 */
public record Ablation(AblationType type, @Nullable PromptSide side) implements Serializable {
    public Ablation {
        if (type.isOfBatch() != (side != null)) {
            String ofBatch = Arrays.stream(AblationType.values())
                    .filter(AblationType::isOfBatch)
                    .map(Enum::name)
                    .collect(Collectors.joining(", "));
            throw new InputException(
                    "Ablation type " + type + (side == null ? " wants a side" : " has no side") + ", got "
                            + (side == null ? "none" : side.name().toLowerCase(Locale.ROOT))
                            + "; --clean-corrupt belongs to " + ofBatch + " alone");
        }
    }

    /** What it needs of prompts: corrupt ones where they are what it is computed from. */
    public PromptNeeds needs() {
        return side == PromptSide.CORRUPT || type.meanOver().contains(PromptSide.CORRUPT)
                ? PromptNeeds.corrupt("--ablation-type " + type)
                : PromptNeeds.NOTHING;
    }

    /** An ablation of one type; {@code side} is ignored where the type has none. */
    public static Ablation of(AblationType type, PromptSide side) {
        return new Ablation(type, type.isOfBatch() ? side : null);
    }
}

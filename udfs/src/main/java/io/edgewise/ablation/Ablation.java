package io.edgewise.ablation;

import io.edgewise.InputException;
import io.edgewise.prompt.PromptSide;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What ablated edges carry. A type that is made of the batch needs a side; for the others a side means nothing, and giving
 * one is an error (AutoCircuit asserts the same, on its own default too).
 *
 * @param side the prompts whose activations it is made of; null where they aren't the batch's
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

    /** Of one type, on a side where the type has one. */
    public static Ablation of(AblationType type, PromptSide side) {
        return new Ablation(type, type.isOfBatch() ? side : null);
    }
}

package io.edgewise.model.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A family of models that can be run.
 *
 * @param modelType Hugging Face's name, as {@code model_type} in {@code config.json}; or {@code TransformerLens}
 * @param models which models are of this family, for people to read
 */
public record SupportedFamily(@JsonProperty("model_type") String modelType, String models) {

    /** All of them, by name; TransformerLens' own form is the last. */
    public static List<SupportedFamily> all() {
        return ModelFamily.names().stream()
                .map(name -> new SupportedFamily(name, FamilyKeys.of(name).models()))
                .toList();
    }
}

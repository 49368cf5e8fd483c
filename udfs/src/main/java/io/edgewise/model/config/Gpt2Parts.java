package io.edgewise.model.config;

/** The parts of a configuration that has GPT-2's keys, as GPT-J's has. */
record Gpt2Parts(ConfigJson json) {

    int blocks() {
        return json.count("n_layer");
    }

    int heads() {
        return json.count("n_head");
    }

    int headWidth() {
        return json.quotient("n_embd", "n_head");
    }

    int modelWidth() {
        return json.size("n_embd");
    }

    int positions() {
        return json.size("n_positions");
    }

    MlpConfig mlp() {
        int width = json.has("n_inner") ? json.size("n_inner") : Math.multiplyExact(4, modelWidth());
        return new MlpConfig(width, json.oneOf("activation_function", Activation.BY_NAME), false, true);
    }

    NormConfig norms() {
        return new NormConfig(NormConfig.Type.LAYER_NORM, json.positive("layer_norm_epsilon"), NormConfig.Place.BEFORE);
    }
}

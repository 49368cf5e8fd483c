package io.edgewise.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgewise.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes of known models, which need no weights. */
class KnownShapesTest {
    @ParameterizedTest
    @CsvSource({"gpt2-small, 12, 768, 50257", "pythia-160m, 12, 768, 50304", "llama-1b, 16, 2048, 128256"})
    void aShapeIsKnownByItsName(String name, int layers, int width, int vocabulary) {
        TransformerConfig config = TransformerConfig.named(name);
        assertThat(config.blocks()).isEqualTo(layers);
        assertThat(config.modelWidth()).isEqualTo(width);
        assertThat(config.vocabulary()).isEqualTo(vocabulary);
    }

    @Test
    void anotherNameIsRefused() {
        assertThatThrownBy(() -> TransformerConfig.named("gpt5"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("No shape is named gpt5; known are gpt2-small");
    }
}

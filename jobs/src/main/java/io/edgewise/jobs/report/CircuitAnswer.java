package io.edgewise.jobs.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What a circuit, or the whole model, answers on a prompt. There is one a size and prompt, so that a page holds many: they are short
 * in JSON, an array without names.
 *
 * @param edges of the circuit
 * @param token the most likely one, as text
 * @param probability of that token
 * @param difference the logit of the right answers less that of the wrong ones; null where there is none
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"edges", "token", "probability", "difference"})
public record CircuitAnswer(int edges, String token, float probability, @Nullable Float difference) {}

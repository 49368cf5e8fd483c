package io.edgewise.jobs.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What a circuit, or the whole model, answers on a prompt. A page holds many, one per size and prompt, so they are short in JSON: an
 * array without names.
 *
 * @param edges the circuit's size in edges
 * @param token the most likely token, as text
 * @param probability the probability of that token
 * @param difference the mean logit of the right answers less that of the wrong ones; null where there is none
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"edges", "token", "probability", "difference"})
public record CircuitAnswer(int edges, String token, float probability, @Nullable Float difference) {}

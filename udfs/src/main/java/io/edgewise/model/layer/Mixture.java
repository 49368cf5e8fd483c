package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.torch.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A mixture of experts: for each token a router chooses some of them, and what they compute is added up, each times its weight. The choice
 * follows what is read, and has no gradient; the weights have one.
 *
 * <p>Axes: {@code t} token, {@code k} chosen expert, {@code n} expert, {@code d} residual stream.
 *
 * @param norm of what is read, by the router too
 * @param router {@code [d, n]}
 * @param experts without norms
 * @param chosen how many a token has
 * @param normalizes whether the weights of a token's experts are divided by their sum
 * @param shared what every token has besides; null for nothing
 */
public record Mixture(
        Norm norm, Linear router, List<Mlp> experts, int chosen, boolean normalizes, @Nullable Shared shared)
        implements FeedForward {
    public Mixture {
        experts = List.copyOf(experts);
    }

    /**
     * An expert of every token.
     *
     * @param gate its weight, before a logistic function, {@code [d, 1]}
     */
    public record Shared(Mlp expert, Linear gate) {
        private NDArray apply(NDArray tokens) {
            NDArray weight = ai.djl.nn.Activation.sigmoid(gate.apply(tokens));
            return expert.apply(tokens, Hooks.NONE, "").mul(weight);
        }
    }

    @Override
    public NDArray apply(NDArray residual, Hooks hooks, String at) {
        Shape shape = residual.getShape();
        NDArray tokens = norm.apply(residual).reshape(-1, shape.get(shape.dimension() - 1));
        NDArray likelihoods = router.apply(tokens).softmax(-1);
        NDArray choice = likelihoods.stopGradient().topK(chosen, 1, true, true).get(1);
        NDArray likely = likelihoods.gather(choice, 1);
        NDArray weights = normalizes ? likely.div(likely.sum(new int[] {1}, true)) : likely;
        NDArray written =
                each(tokens, choice.toLongArray()).mul(weights.expandDims(2)).sum(new int[] {1});
        return (shared == null ? written : written.add(shared.apply(tokens))).reshape(shape);
    }

    /**
     * What each token's experts compute, {@code [t, k, d]}. An expert runs once, on all tokens that chose it.
     *
     * @param choice row-major {@code [t, k]}
     */
    private NDArray each(NDArray tokens, long[] choice) {
        List<List<Integer>> byExpert = IntStream.range(0, experts.size())
                .mapToObj(expert -> (List<Integer>) new ArrayList<Integer>())
                .toList();
        for (int place = 0; place < choice.length; place++) {
            byExpert.get((int) choice[place]).add(place);
        }
        NDList outputs = new NDList();
        long[] rows = new long[choice.length];
        int next = 0;
        for (int expert = 0; expert < experts.size(); expert++) {
            List<Integer> places = byExpert.get(expert);
            if (places.isEmpty()) {
                continue;
            }
            NDArray some = Select.of(
                    tokens, places.stream().mapToLong(place -> place / chosen).toArray());
            outputs.add(experts.get(expert).apply(some, Hooks.NONE, ""));
            for (int place : places) {
                rows[place] = next++;
            }
        }
        return Select.of(NDArrays.concat(outputs, 0), rows)
                .reshape(-1, chosen, tokens.getShape().get(1));
    }

    @Override
    public Mixture with(Relevance relevance) {
        return new Mixture(
                relevance.norm(norm),
                router,
                experts.stream().map(expert -> expert.with(relevance)).toList(),
                chosen,
                normalizes,
                shared == null ? null : new Shared(shared.expert().with(relevance), shared.gate()));
    }
}

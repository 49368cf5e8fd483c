package io.edgewise.model.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.edgewise.model.torch.KeptArrays;

/**
 * What the projections to queries, keys and values make of a norm's bias and gain. Both depend on no input; the gradients at heads' inputs need them.
 *
 * <p>Axes: {@code i} heads of queries, keys and values, {@code e} width of a head, {@code d} residual stream.
 *
 * @param constant the part of the projections that depends on no input, {@code [1, 1, i e]}: the projection of the norm's bias plus their own
 *     bias
 * @param gain the projection of the norm's gain without a bias, {@code [1, 1, i e]}; without a gain, 0
 */
public record ProjectedNorm(NDArray constant, NDArray gain) {

    static ProjectedNorm of(Norm norm, Projections projections) {
        NDArray weight = projections.parts().get(0).weight();
        try (NDArray zeros =
                weight.getManager().zeros(new Shape(weight.getShape().get(0)))) {
            NDArray bias = norm.bias();
            NDArray gain = norm.gain();
            NDList rows = new NDList(zeros, bias == null ? zeros : bias, gain == null ? zeros : gain);
            NDArray all =
                    KeptArrays.only(() -> projections.apply(NDArrays.stack(rows).expandDims(0)));
            try (all) {
                return new ProjectedNorm(
                        KeptArrays.only(() -> all.get(":, 1:2").duplicate()),
                        KeptArrays.only(() -> all.get(":, 2:3").sub(all.get(":, 0:1"))));
            }
        }
    }
}

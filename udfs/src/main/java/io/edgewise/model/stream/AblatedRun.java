package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.model.layer.BlockNodes;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.torch.Select;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that destinations have when every edge is ablated, on one batch. They are computed once for all circuits.
 *
 * @param attention what the heads of each block read, {@code [batch, seq, d_model]}
 * @param mlp what the MLP of each block reads; null where there is none
 * @param end what the end reads
 */
record AblatedRun(List<NDArray> attention, List<@Nullable NDArray> mlp, NDArray end) {

    /** @param patch ablation activations {@code [source, batch, seq, d_model]} */
    static AblatedRun of(Decoder decoder, List<BlockNodes> blocks, NDArray patch) {
        NDArray residual = patch.get(0);
        List<NDArray> attention = new ArrayList<>();
        List<@Nullable NDArray> mlp = new ArrayList<>();
        for (int block = 0; block < blocks.size(); block++) {
            BlockNodes nodes = blocks.get(block);
            NDArray before = residual;
            attention.add(before);
            NDArray heads = Select.of(patch, nodes.heads()).sum(new int[] {0});
            NDArray bias = decoder.blocks().get(block).attention().output().bias();
            residual = before.add(bias == null ? heads : heads.add(bias));
            if (nodes.mlpInput() == null) {
                mlp.add(null);
            } else {
                boolean isParallel = decoder.config().layout() == TransformerConfig.BlockLayout.PARALLEL;
                mlp.add(isParallel ? before : residual);
                residual = residual.add(patch.get(nodes.mlp()));
            }
        }
        return new AblatedRun(attention, mlp, residual);
    }
}

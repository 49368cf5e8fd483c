package io.edgewise.model.stream;

import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.layer.BlockNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The nodes that a run has to compute where every edge but a circuit's is ablated. Kept edges must lead from the node to the end. Where
 * ablations are what the model computes on other prompts, kept edges must also lead from the start to the node; any other node would
 * compute its ablation again.
 */
record KeptNodes(ModelGraph graph, List<BlockNodes> blocks, EdgeMask mask) {

    /** For every source, whether it is computed. */
    boolean[] of(PatchOrigin origin) {
        boolean[] needed = needed();
        if (origin == PatchOrigin.OTHER) {
            return needed;
        }
        boolean[] computed = new boolean[needed.length];
        computed[0] = needed[0];
        for (BlockNodes block : blocks) {
            // A parallel block's MLP doesn't read its heads: its module has no such sources.
            for (int head = 0; head < block.heads().size(); head++) {
                int source = block.heads().get(head);
                computed[source] = needed[source] && readsAny(block, head, computed);
            }
            if (block.mlpInput() != null) {
                computed[block.mlp()] = needed[block.mlp()] && readsAny(block.mlpInput(), 0, computed);
            }
        }
        return computed;
    }

    private boolean[] needed() {
        boolean[] needed = new boolean[graph.sources().size()];
        addSources(graph.end(), 0, needed);
        List<BlockNodes> backwards = new ArrayList<>(blocks);
        Collections.reverse(backwards);
        for (BlockNodes block : backwards) {
            if (block.mlpInput() != null && needed[block.mlp()]) {
                addSources(block.mlpInput(), 0, needed);
            }
            for (int head = 0; head < block.heads().size(); head++) {
                if (needed[block.heads().get(head)]) {
                    for (DestinationModule input : block.inputs()) {
                        addSources(input, block.row(input, head), needed);
                    }
                }
            }
        }
        return needed;
    }

    private void addSources(DestinationModule module, int row, boolean[] needed) {
        for (int source = 0; source < module.sources(); source++) {
            needed[module.firstSource() + source] |= isKept(module, row, source);
        }
    }

    private boolean readsAny(BlockNodes block, int head, boolean[] computed) {
        return block.inputs().stream().anyMatch(input -> readsAny(input, block.row(input, head), computed));
    }

    private boolean readsAny(DestinationModule module, int row, boolean[] computed) {
        for (int source = 0; source < module.sources(); source++) {
            if (computed[module.firstSource() + source] && isKept(module, row, source)) {
                return true;
            }
        }
        return false;
    }

    private boolean isKept(DestinationModule module, int row, int source) {
        return mask.values().get(module.offset() + row * module.sources() + source) == 0;
    }
}

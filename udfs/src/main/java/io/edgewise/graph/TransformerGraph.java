package io.edgewise.graph;

import io.edgewise.InputException;
import io.edgewise.graph.DestinationModule.Kind;

/**
 * Makes the graph of a decoder. Names, layers and their order are AutoCircuit's: {@code Resid Start} is layer 0, then the attention and the
 * MLP of each block have a layer each.
 *
 * @param blocks transformer blocks
 * @param heads attention heads a block
 * @param keyValueHeads heads that have keys and values of their own
 * @param hasMlps whether each block has an MLP
 * @param isParallel whether the MLP reads the stream as it was before the block, as attention does; then the two share a layer
 */
public record TransformerGraph(int blocks, int heads, int keyValueHeads, boolean hasMlps, boolean isParallel) {

    /** The graph of a decoder whose heads share no keys and values, and whose MLPs, if any, follow attention. */
    public static TransformerGraph sequential(int blocks, int heads, boolean hasMlps) {
        return new TransformerGraph(blocks, heads, heads, hasMlps, false);
    }

    public ModelGraph with(GraphSpec spec) {
        return spec.factorized() ? factorized(spec) : nodes(spec);
    }

    private ModelGraph factorized(GraphSpec spec) {
        GraphBuilder graph = new GraphBuilder(spec);
        graph.source("Resid Start", "blocks.0.hook_resid_pre", SourceNode.Kind.START, 0);
        for (int block = 0; block < blocks; block++) {
            String at = "blocks." + block + ".";
            graph.nextLayer();
            headInputs(graph, spec, block, at);
            if (hasMlps && isParallel) {
                graph.destination("MLP " + block, at + "hook_mlp_in", Kind.MLP, block);
            }
            graph.headSources("A" + block + ".", at + "attn.hook_result", block, heads);
            if (hasMlps && !isParallel) {
                graph.nextLayer();
                graph.destination("MLP " + block, at + "hook_mlp_in", Kind.MLP, block);
            }
            if (hasMlps) {
                graph.source("MLP " + block, at + "hook_mlp_out", SourceNode.Kind.MLP, block);
            }
        }
        graph.nextLayer();
        return end(graph);
    }

    private void headInputs(GraphBuilder graph, GraphSpec spec, int block, String at) {
        String name = "A" + block + ".";
        if (spec.separateQkv()) {
            graph.headDestinations(name, ".Q", at + "hook_q_input", Kind.QUERY, block, heads);
            int inputs = spec.keyValueEdges() == GraphSpec.KeyValueEdges.GROUP ? keyValueHeads : heads;
            graph.headDestinations(name, ".K", at + "hook_k_input", Kind.KEY, block, inputs);
            graph.headDestinations(name, ".V", at + "hook_v_input", Kind.VALUE, block, inputs);
        } else {
            graph.headDestinations(name, "", at + "hook_attn_in", Kind.ATTENTION, block, heads);
        }
    }

    /** A graph whose edges run only to the next stage of the stream, from the stage before and from what is added to it. */
    private ModelGraph nodes(GraphSpec spec) {
        if (isParallel && hasMlps) {
            throw new InputException(
                    "--factorized false wants blocks whose MLP reads what attention wrote; in this model"
                            + " they are parallel");
        }
        GraphBuilder graph = new GraphBuilder(spec);
        graph.source("Resid Start", "blocks.0.hook_resid_pre", SourceNode.Kind.START, 0);
        for (int block = 0; block < blocks; block++) {
            String at = "blocks." + block + ".";
            graph.headSources("A" + block + ".", at + "attn.hook_result", block, heads);
            graph.nextLayer();
            if (hasMlps) {
                graph.destination("Resid Mid " + block, at + "hook_resid_mid", Kind.RESIDUAL_MID, block);
                graph.cutOff();
                graph.source("Resid Mid " + block, at + "hook_resid_mid", SourceNode.Kind.RESIDUAL_MID, block);
                graph.source("MLP " + block, at + "hook_mlp_out", SourceNode.Kind.MLP, block);
                graph.nextLayer();
            }
            if (block < blocks - 1) {
                graph.destination("Resid Post " + block, at + "hook_resid_post", Kind.RESIDUAL_POST, block);
                graph.cutOff();
                graph.source("Resid Post " + block, at + "hook_resid_post", SourceNode.Kind.RESIDUAL_POST, block);
            }
        }
        return end(graph);
    }

    private ModelGraph end(GraphBuilder graph) {
        int last = blocks - 1;
        graph.destination("Resid End", "blocks." + last + ".hook_resid_post", Kind.RESIDUAL_END, last);
        return graph.build();
    }
}

package io.edgewise.graph;

import io.edgewise.graph.DestinationModule.Kind;

/** The graph of AutoCircuit's micro model: blocks of two heads with one input each, {@code B0.0}, {@code B0.1}, ... */
public final class MicroGraph {
    private MicroGraph() {}

    public static ModelGraph of(int blocks, GraphSpec spec) {
        GraphBuilder graph = new GraphBuilder(spec);
        graph.source("Resid Start", "input", SourceNode.Kind.START, 0);
        for (int block = 0; block < blocks; block++) {
            String name = "B" + block + ".";
            String at = "blocks." + block + ".";
            if (spec.factorized()) {
                graph.nextLayer();
                graph.headDestinations(name, "", at + "head_inputs", Kind.ATTENTION, block, 2);
            }
            graph.headSources(name, at + "head_outputs", block, 2);
            if (!spec.factorized()) {
                graph.nextLayer();
                if (block < blocks - 1) {
                    graph.destination("Resid Post " + block, "resids." + block, Kind.RESIDUAL_POST, block);
                    graph.cutOff();
                    graph.source("Resid Post " + block, "resids." + block, SourceNode.Kind.RESIDUAL_POST, block);
                }
            }
        }
        if (spec.factorized()) {
            graph.nextLayer();
        }
        return graph.destination("Resid End", "output", Kind.RESIDUAL_END, blocks - 1)
                .build();
    }
}

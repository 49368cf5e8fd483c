package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import io.edgewise.graph.EdgeMask;
import io.edgewise.graph.NodeMask;
import io.edgewise.model.layer.Decoder;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.CircuitLogits;
import io.edgewise.model.stream.DecoderCircuits;
import io.edgewise.model.stream.EdgeLogits;
import io.edgewise.model.stream.EdgeRuns;
import io.edgewise.model.stream.NodeMaskedStream;
import io.edgewise.model.stream.PatchOrigin;
import io.edgewise.model.torch.Autograd;
import io.edgewise.model.torch.KeptArrays;
import java.util.BitSet;
import java.util.List;

/** Runs of a model with edges or nodes patched, many of them on the same prompts. */
public record PatchedRuns(PatchableModel model) {

    /**
     * Runs the model several times, each time with other edges patched. The results are those of {@link PatchableModel#runPatched} for each mask, except
     * for rounding; only what a mask touches is computed.
     *
     * @param patch ablation activations, {@code [source, batch, seq, d_model]}
     * @param masks of 0 and 1, asked for one after another
     * @param outputs called for every mask, in order
     */
    public void circuits(
            Tokens tokens, NDArray patch, PatchOrigin origin, Iterable<EdgeMask> masks, CircuitLogits outputs) {
        if (DecoderCircuits.serves(model.wrappedModel().network(), model.graph(), model.settings())) {
            KeptArrays.none(() -> {
                Decoder decoder = (Decoder) model.wrappedModel().network();
                try (Autograd off = Autograd.off();
                        DecoderCircuits circuits =
                                new DecoderCircuits(decoder, model.graph(), tokens, patch, model.settings())) {
                    circuits.run(origin, masks, outputs);
                }
            });
            return;
        }
        int place = 0;
        for (EdgeMask mask : masks) {
            int each = place++;
            KeptArrays.none(() -> outputs.accept(each, model.runPatched(tokens, patch, mask)));
        }
    }

    /**
     * Runs the model once for each of some edges, each time with this edge alone patched. The results are those of {@link PatchableModel#runPatched} with one
     * edge, except for rounding; only what lies behind the edge is computed.
     *
     * @param patch ablation activations, {@code [source, batch, seq, d_model]}
     * @param edges by their places in the canonical order
     * @param outputs called for some edges at a time, until each had its turn
     * @return logits of the model as it is, {@code [batch, seq?, vocabulary]}
     */
    public NDArray edges(Tokens tokens, NDArray patch, BitSet edges, EdgeLogits outputs) {
        if (!DecoderCircuits.serves(model.wrappedModel().network(), model.graph(), model.settings())) {
            edges.stream()
                    .forEach(edge -> KeptArrays.none(() -> outputs.accept(
                            List.of(edge),
                            model.runPatched(tokens, patch, EdgeMask.where(model.graph(), each -> each == edge)))));
            return model.logits(tokens);
        }
        return PatchableModel.off(() -> {
            EdgeRuns runs = new EdgeRuns(
                    (Decoder) model.wrappedModel().network(), model.graph(), tokens, patch, model.settings());
            runs.run(edges, outputs);
            return runs.logits();
        });
    }

    /**
     * Runs the model with nodes, or some coordinates of what they write, patched on all edges.
     *
     * @param patch ablation activations, {@code [source, batch, seq, d_model]}
     * @return logits at the output slice, {@code [batch, seq?, vocabulary]}
     */
    public NDArray patched(Tokens tokens, NDArray patch, NodeMask mask) {
        return PatchableModel.off(
                () -> model.run(tokens, new NodeMaskedStream(model.graph(), patch, mask), model.settings()));
    }

    /**
     * Runs the model several times, each time with other nodes or coordinates patched.
     *
     * @param patch ablation activations, {@code [source, batch, seq, d_model]}
     * @param masks asked for one after another
     * @param outputs called for every mask, in order
     */
    public void nodeCircuits(Tokens tokens, NDArray patch, Iterable<NodeMask> masks, CircuitLogits outputs) {
        int place = 0;
        for (NodeMask mask : masks) {
            int each = place++;
            KeptArrays.none(() -> outputs.accept(each, patched(tokens, patch, mask)));
        }
    }
}

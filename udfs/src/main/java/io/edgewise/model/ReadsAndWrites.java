package io.edgewise.model;

import ai.djl.ndarray.NDArray;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.stream.ReadingStream;
import io.edgewise.model.torch.KeptArrays;
import java.util.List;

/**
 * What a run of the model as it is writes into the residual stream and reads from it.
 *
 * @param written the output of every source, {@code [source, batch, seq, d_model]}
 * @param read what is read at every place, before its norm, {@code [place, batch, seq, d_model]}; heads of a block read at one place
 * @param places where each destination module of the graph reads, in the graph's order
 * @param logits at the output slice, {@code [batch, seq?, vocabulary]}
 */
public record ReadsAndWrites(NDArray written, NDArray read, List<Integer> places, NDArray logits) {
    public ReadsAndWrites {
        places = List.copyOf(places);
    }

    /** Runs the model. */
    public static ReadsAndWrites of(PatchableModel model, Tokens tokens) {
        ReadingStream stream = new ReadingStream(model.graph());
        try (KeptArrays kept = new KeptArrays()) {
            NDArray logits = PatchableModel.off(() -> {
                NDArray last = model.run(tokens, stream, model.settings());
                kept.keep(stream.sources());
                kept.keep(stream.read());
                return last;
            });
            return new ReadsAndWrites(stream.sources(), stream.read(), stream.placeOfModules(), logits);
        }
    }
}

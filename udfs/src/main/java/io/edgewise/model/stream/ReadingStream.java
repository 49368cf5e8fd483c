package io.edgewise.model.stream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.DestinationModule.Kind;
import io.edgewise.graph.ModelGraph;
import io.edgewise.model.layer.Heads;
import io.edgewise.model.layer.ResidualStream;
import io.edgewise.model.torch.InPlace;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An ordinary forward pass that records what every source writes and what the destinations read. All heads of a block read the same. */
public final class ReadingStream implements ResidualStream {
    private final ModelGraph graph;
    private final RecordingStream sources;
    private final List<Place> places;
    private @Nullable NDArray read;

    /** Where something reads; {@code kind} is that of queries where heads read. */
    private record Place(Kind kind, int block) {
        static Place of(DestinationModule module) {
            return new Place(module.kind().isHeadInput() ? Kind.QUERY : module.kind(), module.block());
        }
    }

    public ReadingStream(ModelGraph graph) {
        this.graph = graph;
        this.sources = new RecordingStream(graph);
        this.places = graph.modules().stream().map(Place::of).distinct().toList();
    }

    /** What the sources wrote, {@code [source, batch, seq, d_model]}, after the run. */
    public NDArray sources() {
        return sources.sources();
    }

    /** What was read, {@code [place, batch, seq, d_model]}, after the run. */
    public NDArray read() {
        return Objects.requireNonNull(read, "The run begins with the embedding");
    }

    /** The places where modules read, one for each module of the graph in order. */
    public List<Integer> placeOfModules() {
        return graph.modules().stream()
                .map(module -> places.indexOf(Place.of(module)))
                .toList();
    }

    @Override
    public NDArray start(NDArray embedding) {
        read = embedding
                .getManager()
                .create(new Shape(places.size()).addAll(embedding.getShape()), embedding.getDataType());
        return sources.start(embedding);
    }

    @Override
    public NDArray mix(int block, Heads heads, NDArray residual) {
        reads(Kind.QUERY, block, residual);
        return sources.mix(block, heads, residual);
    }

    @Override
    public void headsWrote(int block, Heads heads, NDArray mixed) {
        sources.headsWrote(block, heads, mixed);
    }

    @Override
    public NDArray middle(int block, NDArray residual) {
        reads(Kind.RESIDUAL_MID, block, residual);
        return sources.middle(block, residual);
    }

    @Override
    public NDArray mlpInput(int block, NDArray residual) {
        reads(Kind.MLP, block, residual);
        return residual;
    }

    @Override
    public void mlpWrote(int block, NDArray output) {
        sources.mlpWrote(block, output);
    }

    @Override
    public NDArray post(int block, NDArray residual) {
        reads(Kind.RESIDUAL_POST, block, residual);
        return sources.post(block, residual);
    }

    @Override
    public NDArray endInput(int block, NDArray residual) {
        reads(Kind.RESIDUAL_END, block, residual);
        return residual;
    }

    private void reads(Kind kind, int block, NDArray residual) {
        int place = places.indexOf(new Place(kind, block));
        if (place >= 0) {
            InPlace.copy(residual, read().get(place));
        }
    }
}

package io.edgewise.jobs.figure;

import io.edgewise.InputException;
import io.edgewise.circuit.Circuit;
import io.edgewise.graph.Edge;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.OutputDirectory;
import io.edgewise.score.PruneScores;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file of a circuit's drawing. The drawing is written into the result directory, under the file's name, and to the file itself.
 *
 * @param uri the file's address, which ends in .html or .svg
 * @param scoreThreshold the minimum absolute score of an edge that is drawn
 */
public record FigureFile(String uri, double scoreThreshold, boolean overwrite) {

    /** Checks what can be checked before anything starts. */
    public FigureFile {
        String name = uri.toLowerCase(Locale.ROOT);
        if (!name.endsWith(".svg") && !name.endsWith(".html")) {
            throw new InputException("--render-graph wants a file that ends in .html or .svg, got " + uri);
        }
        if (!(scoreThreshold >= 0 && Double.isFinite(scoreThreshold))) {
            throw new InputException("--render-score-threshold must be at least 0, got " + scoreThreshold);
        }
    }

    private Path path() {
        return Hadoop.qualified(uri);
    }

    /**
     * Checks the place before anything is drawn.
     *
     * @throws InputException where the file is there and may not be replaced
     */
    public void check() {
        try {
            if (!overwrite && Hadoop.fileSystem(path()).exists(path())) {
                throw new InputException(
                        "--render-graph file is there already: " + uri + "; give another, or --overwrite");
            }
        } catch (IOException e) {
            throw new InputException("Could not reach " + uri + ": " + e.getMessage(), e);
        }
    }

    /** Draws a circuit. */
    public String draw(PruneScores scores, Circuit circuit, List<String> seqLabels) {
        double largest = Arrays.stream(scores.descendingMagnitudes())
                .filter(Double::isFinite)
                .findFirst()
                .orElse(1);
        List<DrawnEdge> edges = Arrays.stream(scores.ranking())
                .filter(circuit.of(scores))
                .filter(edge -> Math.abs(scores.get(edge)) >= scoreThreshold)
                .mapToObj(edge -> drawn(scores.graph().edge(edge), scores.get(edge), largest))
                .toList();
        CircuitFigure figure =
                CircuitFigure.of(circuit.achievedEdges(), scores.size(), edges, seqLabels, scoreThreshold);
        return uri.toLowerCase(Locale.ROOT).endsWith(".svg") ? figure.svg() : figure.html();
    }

    private static DrawnEdge drawn(Edge edge, double score, double largest) {
        return DrawnEdge.of(
                new DrawnNode(edge.source().name(), edge.source().layer()),
                new DrawnNode(edge.destination().name(), edge.destination().layer()),
                edge.position(),
                score,
                largest);
    }

    /** Writes into a result directory that is being made. */
    public void writeInto(OutputDirectory out, String drawing) {
        out.write(path().getName(), drawing);
    }

    /** Writes the file itself, completely or not at all, unless it is the one in the result directory. */
    public void write(OutputDirectory out, String drawing) {
        if (path().getParent().equals(Hadoop.qualified(out.target()))) {
            return;
        }
        FileSystem files = Hadoop.fileSystem(path());
        Path unfinished = new Path(path().getParent(), "." + path().getName() + "." + UUID.randomUUID());
        try {
            try (OutputStream stream = files.create(unfinished, true)) {
                stream.write(drawing.getBytes(StandardCharsets.UTF_8));
            }
            files.delete(path(), false);
            if (!files.rename(unfinished, path())) {
                throw new IOException("Could not rename " + unfinished + " to " + path());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + uri, e);
        }
    }
}

package io.edgewise.jobs.export;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.edgewise.InputException;
import io.edgewise.circuit.Circuit;
import io.edgewise.graph.Level;
import io.edgewise.graph.SourceNode;
import io.edgewise.jobs.files.NewPlace;
import io.edgewise.jobs.input.MibGraph;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.NodeScores;
import io.edgewise.score.Ranking;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The export of scores of nodes or neurons for other tools.
 *
 * @param count how many of the strongest were asked for, and those that tie with the last; null for all
 * @param divisor the number that scores are divided by in EAP-IG's files
 */
public record NodeExport(
        TransformerConfig config, NodeScores scores, Ranking ranking, @Nullable Integer count, double divisor) {

    /**
     * Writes one file.
     *
     * @throws InputException where the format has no nodes or neurons
     */
    public void write(ExportFormat format, NewPlace file) {
        switch (format) {
            case MIB -> file.write(importances());
            case CSV -> file.write(out -> csv(strongest(), out));
            case AUTOCIRCUIT, GRAPHML, DOT, MIB_SUBMISSION ->
                throw new InputException("--format " + format.name().toLowerCase(Locale.ROOT)
                        + " wants scores of edges, and these are of "
                        + scores.level().words() + "; give --format mib or csv");
        }
    }

    /** EAP-IG's graph file of all scores. */
    public NewPlace.Content importances() {
        MibNodeWriter writer =
                new MibNodeWriter(MibGraph.of(config, scores.graph().spec()), scores, divisor);
        return out -> writer.write(count == null ? new BitSet() : set(strongest()), out);
    }

    private int[] strongest() {
        int size = count == null
                ? scores.size()
                : Circuit.of(scores, List.of(count), ranking).get(0).achievedEdges();
        return Arrays.copyOf(scores.ranking(ranking), size);
    }

    private static BitSet set(int[] places) {
        BitSet set = new BitSet();
        Arrays.stream(places).forEach(set::set);
        return set;
    }

    private void csv(int[] strongest, OutputStream out) {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setLineSeparator("\n");
        CsvWriter csv = new CsvWriter(out, StandardCharsets.UTF_8, settings);
        boolean areNeurons = scores.level() == Level.NEURON;
        List<String> headers = new ArrayList<>(List.of("source", "module", "source_index", "head"));
        if (areNeurons) {
            headers.add("neuron");
        }
        headers.addAll(List.of("score", "rank"));
        csv.writeHeaders(headers);
        for (int rank = 0; rank < strongest.length; rank++) {
            int place = strongest[rank];
            SourceNode source = scores.source(place);
            List<@Nullable Object> row = new ArrayList<>(
                    Arrays.<@Nullable Object>asList(source.name(), source.module(), source.index(), source.head()));
            if (areNeurons) {
                row.add(scores.coordinate(place));
            }
            row.add(scores.get(place));
            row.add(rank + 1);
            csv.writeRow(row.toArray());
        }
        csv.flush();
    }
}

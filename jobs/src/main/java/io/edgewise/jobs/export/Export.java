package io.edgewise.jobs.export;

import io.edgewise.circuit.BenchmarkCurve;
import io.edgewise.circuit.EdgeCounts.Size;
import io.edgewise.jobs.files.NewPlace;
import io.edgewise.jobs.input.MibGraph;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.PruneScores;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The export of scores for other tools.
 *
 * @param divisor the number that scores are divided by in EAP-IG's files
 */
public record Export(TransformerConfig config, ChosenEdges chosen, double divisor) {

    /** Writes one file. */
    public void write(ExportFormat format, NewPlace file) {
        file.write(out -> {
            switch (format) {
                case AUTOCIRCUIT -> out.write(ScoreFile.encode(chosen.scores()));
                case MIB -> mib().write(circuit(), out);
                case GRAPHML -> GraphMl.write(chosen, out);
                case DOT -> Dot.write(chosen, out);
                case CSV -> Csv.write(chosen, out);
            }
        });
    }

    /**
     * Writes the circuits that the MIB benchmark takes in place of scores, one file each: of 0.1, 0.2, 0.5, 1, 2, 5, 10, 20 and 50 percent
     * of the edges. A circuit never has more edges than its share, so of edges that tie the last are left out.
     */
    public void writeCircuits(NewPlace directory) {
        MibWriter writer = mib();
        PruneScores scores = chosen.scores();
        Map<String, NewPlace.Content> files = new LinkedHashMap<>();
        for (double share : BenchmarkCurve.SHARES) {
            if (share < 1) {
                BitSet circuit = new BitSet();
                for (int edge : ChosenEdges.atMost(scores, chosen.ranking(), new Size.Share(share).of(scores.size()))) {
                    circuit.set(edge);
                }
                files.put("circuit_" + percent(share) + ".json", out -> writer.write(circuit, out));
            }
        }
        directory.write(files);
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
    }

    private MibWriter mib() {
        return new MibWriter(MibGraph.of(config, chosen.scores().graph().spec()), chosen.scores(), divisor);
    }

    /** The edges that are marked as in the graph: those that were asked for, or none. */
    private BitSet circuit() {
        BitSet circuit = new BitSet();
        if (chosen.count() != null) {
            chosen.strongestFirst().forEach(edge -> circuit.set(edge.index()));
        }
        return circuit;
    }
}

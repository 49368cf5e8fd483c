package io.edgewise.jobs.export;

import io.edgewise.jobs.files.NewPlace;
import io.edgewise.jobs.input.MibGraph;
import io.edgewise.jobs.input.ScoreFile;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.PruneScores;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
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
                case MIB -> importances().writeTo(out);
                case GRAPHML -> GraphMl.write(chosen, out);
                case DOT -> Dot.write(chosen, out);
                case CSV -> Csv.write(chosen, out);
                case MIB_SUBMISSION -> throw new IllegalArgumentException("A submission isn't one file");
            }
        });
    }

    /** EAP-IG's graph file of all scores. */
    public NewPlace.Content importances() {
        MibWriter writer = mib();
        return out -> writer.write(circuit(), out);
    }

    /**
     * The circuits that the MIB benchmark takes in place of scores, one file each, by name: of 0.1, 0.2, 0.5, 1, 2, 5, 10, 20 and 50 percent
     * of the edges. A circuit never has more edges than its share, so of edges that tie the last are left out.
     */
    public Map<String, NewPlace.Content> circuits() {
        MibWriter writer = mib();
        PruneScores scores = chosen.scores();
        Map<String, NewPlace.Content> files = new LinkedHashMap<>();
        List<BitSet> circuits = chosen.atMost(
                CircuitShare.ALL.stream().map(share -> share.of(scores.size())).toList());
        for (int i = 0; i < circuits.size(); i++) {
            BitSet circuit = circuits.get(i);
            files.put("circuit_" + CircuitShare.ALL.get(i).percent() + ".json", out -> writer.write(circuit, out));
        }
        return files;
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

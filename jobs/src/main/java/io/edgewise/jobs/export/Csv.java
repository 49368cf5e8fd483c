package io.edgewise.jobs.export;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.edgewise.graph.Edge;
import io.edgewise.score.PruneScores;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A writer of CSV with the columns of the table {@code edges/}, one edge per line. It uses Spark's CSV writer. */
final class Csv {
    private Csv() {}

    static void write(ChosenEdges chosen, OutputStream out) {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setLineSeparator("\n");
        CsvWriter csv = new CsvWriter(out, StandardCharsets.UTF_8, settings);
        csv.writeHeaders("source", "destination", "module", "source_index", "head", "position", "score", "rank");
        PruneScores scores = chosen.scores();
        for (ChosenEdges.Ranked ranked : chosen.strongestFirst()) {
            Edge edge = scores.graph().edge(ranked.index());
            csv.writeRow(
                    edge.source().name(),
                    edge.destination().name(),
                    edge.destination().module(),
                    edge.source().index(),
                    edge.destination().head(),
                    edge.position(),
                    scores.get(ranked.index()),
                    ranked.rank());
        }
        csv.flush();
    }
}

package io.edgewise.jobs.score;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.run.JobRun;
import io.edgewise.pipeline.BatchWork;
import io.edgewise.pipeline.PatchEdges;
import io.edgewise.pipeline.PromptBatches;
import io.edgewise.pipeline.SampleScores;
import io.edgewise.score.ExactPatching;
import io.edgewise.score.PruneScores;
import io.edgewise.score.ScoredSample;
import io.edgewise.spark.batch.PieceSizes;
import java.util.Locale;
import java.util.function.Function;

/** The scoring of edges by patching each alone: what it will take is said first, and blocks of edges are run as batches are. */
record ExactRun(JobRun run, ModelSetup model, ExactPatching scorer) {
    /** The manifest's key of which edges were measured. */
    private static final String KEY = "exact";

    private PatchEdges patch() {
        return new PatchEdges(model.graph(), scorer);
    }

    /** Says which edges are patched, and how long that will take; the manifest keeps both. */
    void announce(PromptBatches.Result prompts) {
        int measured = scorer.edges().in(model.graph()).cardinality();
        double seconds = patch().seconds(prompts, model.config().blocks());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("measured_edges", measured);
        node.put("estimated_seconds", seconds);
        run.manifest().put(KEY, node);
        run.expects(
                "exact",
                String.format(
                        Locale.ROOT,
                        "exact: patches %,d edges, each alone, on %,d prompts in %,d batches; about %s by the time of a forward pass",
                        measured,
                        prompts.promptCount(),
                        prompts.batchCount(),
                        text(seconds)),
                seconds);
    }

    private static String text(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.0f s", Math.max(1, seconds));
        }
        return seconds < 2 * 3600
                ? String.format(Locale.ROOT, "%.0f minutes", seconds / 60)
                : String.format(Locale.ROOT, "%.1f hours", seconds / 3600);
    }

    /**
     * Patches each edge.
     *
     * @param sampled how errors are made of what prompts add, for the work that is given
     */
    ScoredSample sample(PromptBatches.Result prompts, PieceSizes sizes, Function<BatchWork, SampleScores> sampled) {
        PromptBatches.Result parts = patch().parts(prompts);
        return run.onBatches("exact", parts, sizes, work -> patch().execute(parts, sampled.apply(work)));
    }

    PruneScores scores(PromptBatches.Result prompts, PieceSizes sizes) {
        PromptBatches.Result parts = patch().parts(prompts);
        return run.onBatches("exact", parts, sizes, work -> patch().execute(parts, work));
    }
}

package io.edgewise.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.edgewise.graph.DestinationModule;
import io.edgewise.graph.ModelGraph;
import io.edgewise.metric.AnswerPlaces;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.ReadsAndWrites;
import io.edgewise.model.layer.Tokens;
import io.edgewise.model.torch.Distances;
import io.edgewise.model.torch.InPlace;
import io.edgewise.model.torch.KeptArrays;
import io.edgewise.prompt.BatchPieces;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptSide;
import io.edgewise.reduce.BatchNotes;
import io.edgewise.reduce.BatchVector;
import io.edgewise.reduce.RightAnswers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Information flow routes (Ferrando and Voita 2024, arXiv 2403.00824), as EAP-IG has them: how near a source's output comes to what a
 * destination reads, on the clean prompts alone. At each position {@code n(s, d) = max(0, |x_d| - |x_d - C_s|)} in the L1 norm, and an edge's
 * importance is its share of the destination's sum, 0 where the sum is 0; mean over positions, then over prompts. It looks at no answer.
 *
 * <p>As in EAP-IG, the embedding is that of the tokens: learned positions belong to no source.
 *
 * <p>Where edges have positions, a position's edge has its position's share of the mean.
 */
public record InformationFlowRoutes() implements PromptScorer {
    /** How many bytes of outputs are laid out anew at a time; those of one prompt may take more. */
    private static final long BYTES_AT_A_TIME = 64L << 20;

    @Override
    public BatchVector score(PatchableModel model, BatchPieces batch, @Nullable PromptShares shares) {
        double[] sum = new double[model.graph().edgeCount()];
        RightAnswers right = RightAnswers.NONE;
        for (PromptBatch piece : batch.pieces()) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                Tokens tokens = model.tokens(piece, PromptSide.CLEAN);
                PatchableModel answering = model.withOutputs(AnswerPlaces.tokens(piece));
                TaskCounter task = new TaskCounter(answering, piece);
                ReadsAndWrites run = run(answering, tokens);
                task.clean(run.logits());
                long ofPrompt = 4 * run.written().size() / piece.size();
                int step = (int) Math.max(1, Math.min(piece.size(), BYTES_AT_A_TIME / ofPrompt));
                for (int first = 0; first < piece.size(); first += step) {
                    int from = first;
                    int to = Math.min(piece.size(), first + step);
                    KeptArrays.none(() -> add(model, piece, tokens, run, from, to, sum, shares));
                }
                right = right.with(task.finish());
            }
        }
        return new BatchVector(batch.whole().index(), batch.whole().size(), sum, BatchNotes.of(right));
    }

    /** Runs the model. The embedding counts without the learned positions, which belong to no source here. */
    private static ReadsAndWrites run(PatchableModel model, Tokens tokens) {
        NDArray words = model.zeros(
                new Shape(tokens.batch(), tokens.length(), model.config().modelWidth()));
        ReadsAndWrites run = ReadsAndWrites.of(
                model.addHook("hook_embed", (name, embedding) -> {
                    InPlace.copy(embedding, words);
                    return embedding;
                }),
                tokens);
        InPlace.copy(words, run.written().get(0));
        return run;
    }

    /** Adds the prompts {@code [from, to)}. */
    private static void add(
            PatchableModel model,
            PromptBatch piece,
            Tokens tokens,
            ReadsAndWrites run,
            int from,
            int to,
            double[] sum,
            @Nullable PromptShares shares) {
        ModelGraph graph = model.graph();
        NDArray importances = importances(graph, run, from, to);
        Shape shape = importances.getShape();
        int length = tokens.length();
        float[] real = tokens.real();
        double[] values = importances.toType(DataType.FLOAT64, true).toDoubleArray();
        int pairs = (int) (shape.get(1) * shape.get(2));
        for (int prompt = from; prompt < to; prompt++) {
            double[] own = new double[sum.length];
            double[] byPlace = new double[pairs];
            int positions = piece.pairs().get(prompt).length();
            for (int position = 0; position < length; position++) {
                if (real[prompt * length + position] == 0) {
                    continue;
                }
                int first = ((prompt - from) * length + position) * pairs;
                for (int pair = 0; pair < pairs; pair++) {
                    byPlace[pair] += values[first + pair] / positions;
                }
                if (graph.positions() > 1) {
                    addEdges(graph, run.places(), byPlace, position, own);
                    Arrays.fill(byPlace, 0);
                }
            }
            if (graph.positions() == 1) {
                addEdges(graph, run.places(), byPlace, 0, own);
            }
            for (int edge = 0; edge < own.length; edge++) {
                sum[edge] += own[edge];
            }
            if (shares != null) {
                shares.add(piece.pairs().get(prompt), own);
            }
        }
    }

    /** Adds the numbers of sources and places, {@code [source, place]}, to the edges between them at a position. */
    private static void addEdges(
            ModelGraph graph, List<Integer> placeOfModules, double[] byPlace, int position, double[] sum) {
        int places = byPlace.length / graph.sources().size();
        for (int number = 0; number < graph.modules().size(); number++) {
            DestinationModule module = graph.modules().get(number);
            int first = position * graph.edgesPerPosition() + module.offset();
            int place = placeOfModules.get(number);
            for (int edge = 0; edge < module.edges(); edge++) {
                int source = module.firstSource() + edge % module.sources();
                sum[first + edge] += byPlace[source * places + place];
            }
        }
    }

    /** Each source's share of what is read at each place, {@code [prompt position, source, place]}. */
    private static NDArray importances(ModelGraph graph, ReadsAndWrites run, int from, int to) {
        NDArray written = byPosition(run.written(), from, to);
        NDArray read = byPosition(run.read(), from, to);
        NDArray length = read.abs().sum(new int[] {-1}).expandDims(1);
        NDArray near = length.sub(Distances.l1(written, read)).maximum(0).mul(edges(graph, run));
        NDArray all = near.sum(new int[] {1}, true);
        return near.div(all.add(all.eq(0).toType(DataType.FLOAT32, false)));
    }

    /** Of {@code [n, batch, seq, d_model]}, some prompts' as {@code [prompt position, n, d_model]}. */
    private static NDArray byPosition(NDArray nodes, int from, int to) {
        Shape shape = nodes.getShape();
        return nodes.get(":, {}:{}", from, to).transpose(1, 2, 0, 3).reshape(-1, shape.get(0), shape.get(3));
    }

    /** 1 where a source has an edge to a place, {@code [source, place]}. */
    private static NDArray edges(ModelGraph graph, ReadsAndWrites run) {
        int places = (int) run.read().getShape().get(0);
        int sources = graph.sources().size();
        float[] edges = new float[sources * places];
        for (int number = 0; number < graph.modules().size(); number++) {
            DestinationModule module = graph.modules().get(number);
            for (int source = module.firstSource(); source < module.firstSource() + module.sources(); source++) {
                edges[source * places + run.places().get(number)] = 1;
            }
        }
        return run.read().getManager().create(edges, new Shape(sources, places));
    }

    @Override
    public double ofSum(long prompts) {
        return 1.0 / prompts;
    }

    @Override
    public double[] finish(ModelGraph graph, double[] sum, long prompts) {
        double[] means = new double[sum.length];
        for (int edge = 0; edge < means.length; edge++) {
            means[edge] = sum[edge] / prompts;
        }
        return means;
    }
}

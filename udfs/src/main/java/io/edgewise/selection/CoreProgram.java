package io.edgewise.selection;

import io.edgewise.graph.NodePaths;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.ojalgo.optimisation.integer.IntegerStrategy;
import org.ojalgo.type.context.NumberContext;

/**
 * The integer program of what a {@link Core} leaves open: whether each edge is in the circuit, and whether each node is used. So many edges
 * are in. Where an edge is in, its source is used and so is a node that its destination feeds. Where a node is used, an edge into it is in
 * and one out of it.
 */
final class CoreProgram {
    /** Differences of totals that count as none are far below those that rounding may make. */
    private static final NumberContext NO_GAP = NumberContext.of(12, 14);

    private final Core core;
    private final RankedGraph graph;
    private final NodePaths paths;
    private final ExpressionsBasedModel model = new ExpressionsBasedModel();
    private final Map<Integer, Variable> edges = new HashMap<>();
    private final Map<Integer, Variable> nodes = new HashMap<>();
    private final Map<Integer, Expression> edgesInto = new HashMap<>();
    private final Map<Integer, Expression> edgesOutOf = new HashMap<>();

    /** @param known a circuit to begin with */
    private CoreProgram(Core core, BitSet known) {
        this.core = core;
        graph = core.graph();
        paths = graph.paths();
        addNodes(known);
        Expression size =
                model.newExpression("size").level(core.size() - core.sureEdges().cardinality());
        core.sureEdges().stream().forEach(rank -> leadOn(rank, null));
        for (int rank : core.openEdges()) {
            Variable edge = model.newVariable("edge " + rank)
                    .binary()
                    .weight(graph.strength(rank))
                    .value(BigDecimal.valueOf(known.get(rank) ? 1 : 0));
            edges.put(rank, edge);
            size.set(edge, 1);
            Variable source = nodes.get(graph.source(rank));
            if (source != null) {
                model.newExpression("source of " + rank).upper(0).set(edge, 1).set(source, -1);
            }
            leadOn(rank, edge);
            cover(rank, edge);
        }
    }

    private void addNodes(BitSet known) {
        BitSet used = new BitSet();
        known.stream().forEach(rank -> used.set(graph.source(rank)));
        BitSet fed = new BitSet();
        BitSet heard = new BitSet();
        core.sureEdges().stream().forEach(rank -> {
            fed.set(paths.firstFed(graph.destination(rank)), paths.endFed(graph.destination(rank)));
            heard.set(graph.source(rank));
        });
        for (int node = 0; node < graph.sourceCount(); node++) {
            if (core.isOpen(node)) {
                nodes.put(
                        node,
                        model.newVariable("node " + node).binary().value(BigDecimal.valueOf(used.get(node) ? 1 : 0)));
            }
            if (core.isOpen(node) || core.isSure(node)) {
                if (!fed.get(node) && !paths.isFirst(node)) {
                    edgesInto.put(node, oneIfUsed(node, "into " + node));
                }
                if (!heard.get(node)) {
                    edgesOutOf.put(node, oneIfUsed(node, "out of " + node));
                }
            }
        }
    }

    /** A sum that is at least 1 where a node is used. */
    private Expression oneIfUsed(int node, String name) {
        Variable open = nodes.get(node);
        Expression sum = model.newExpression(name);
        return open == null ? sum.lower(1) : sum.lower(0).set(open, -1);
    }

    private void cover(int rank, Variable edge) {
        Expression out = edgesOutOf.get(graph.source(rank));
        if (out != null) {
            out.set(edge, 1);
        }
        int destination = graph.destination(rank);
        for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
            Expression into = edgesInto.get(fed);
            if (into != null) {
                into.set(edge, 1);
            }
        }
    }

    /**
     * Has an edge lead on.
     *
     * @param edge null where it is sure to be in
     */
    private void leadOn(int rank, @Nullable Variable edge) {
        int destination = graph.destination(rank);
        if (core.leadsOn(destination)) {
            return;
        }
        Expression used = model.newExpression("fed by " + rank);
        for (int fed = paths.firstFed(destination); fed < paths.endFed(destination); fed++) {
            Variable node = nodes.get(fed);
            if (node != null) {
                used.set(node, 1);
            }
        }
        if (edge == null) {
            used.lower(1);
        } else {
            used.lower(0).set(edge, -1);
        }
    }

    /**
     * Looks for a circuit with a larger total than a known one.
     *
     * @param known the ranks of its edges
     */
    static Proposal solve(Core core, BitSet known, Deadline deadline) {
        return new CoreProgram(core, known).solve(deadline);
    }

    private Proposal solve(Deadline deadline) {
        model.options.time_suffice = deadline.left().toMillis();
        model.options.time_abort = deadline.left().toMillis();
        model.options.integer(IntegerStrategy.DEFAULT.withGapTolerance(NO_GAP));
        Optimisation.Result result = model.maximise();
        return new Proposal(
                result.getState().isFeasible() ? ranks(result) : null,
                Double.POSITIVE_INFINITY,
                result.getState().isOptimal() || result.getState() == Optimisation.State.INFEASIBLE);
    }

    private BitSet ranks(Optimisation.Result result) {
        BitSet ranks = (BitSet) core.sureEdges().clone();
        edges.forEach((rank, edge) -> ranks.set(rank, result.doubleValue(model.indexOf(edge)) > 0.5));
        return ranks;
    }
}

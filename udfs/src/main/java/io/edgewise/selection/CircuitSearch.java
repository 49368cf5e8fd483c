package io.edgewise.selection;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The search for the best connected circuit of one size: a {@link NodeSearch} finds a good one, a {@link DualBound} says how much better
 * another could be, which settles most edges, and a {@link CoreProgram} chooses among the rest.
 */
final class CircuitSearch {
    /** What rounding may make of a total, relative to the largest strength times the size. */
    private static final double ROUNDING = 1e-11;

    /** How many open edges the program can have to be solved in seconds; the solver keeps no time limit before it has begun to branch. */
    private static final int LARGEST_CORE = 1000;

    private final RankedGraph graph;
    private final int size;
    private final Deadline deadline;
    private final NodeSearch nodeSearch;
    private final DualBound dual;
    private final double rounding;
    private @Nullable BitSet best;
    private double total = Double.NEGATIVE_INFINITY;
    private double bound;

    CircuitSearch(RankedGraph graph, int size, Deadline deadline) {
        this.graph = graph;
        this.size = size;
        this.deadline = deadline;
        nodeSearch = new NodeSearch(graph, size, deadline.share(2));
        dual = new DualBound(graph, size);
        bound = dual.bound();
        rounding = ROUNDING * size * graph.largest();
    }

    /**
     * Searches until the best circuit is proved to be so or the time is over.
     *
     * @param start nodes of another circuit, from which the search may go on
     */
    ConnectedCircuit run(boolean[] start) {
        improve(nodeSearch.ofStrongest(size));
        improve(start);
        if (best == null) {
            improve(nodeSearch.ofStrongest(0));
        }
        boolean mayFall = best != null;
        while (mayFall && isOpen()) {
            mayFall = dual.lower(total, rounding, deadline);
            bound = dual.bound();
            improve(dual.nodes());
        }
        Core core = dual.core(total);
        if (isOpen() && !deadline.isOver() && core.openEdges().length <= LARGEST_CORE) {
            consider(CoreProgram.solve(core, best == null ? new BitSet() : best, deadline));
        }
        return result();
    }

    private boolean isOpen() {
        return bound - total > rounding;
    }

    private void improve(boolean[] nodes) {
        if (isOpen()) {
            offer(nodeSearch.improve(nodes));
        }
    }

    private void offer(@Nullable BitSet ranks) {
        double offered = ranks == null ? Double.NEGATIVE_INFINITY : graph.total(ranks);
        if (best == null || offered > total + rounding) {
            best = ranks;
            total = offered;
        }
    }

    private void consider(Proposal proposal) {
        offer(proposal.ranks());
        bound = proposal.isComplete() ? total : Math.min(bound, proposal.bound());
    }

    private ConnectedCircuit result() {
        if (best == null) {
            return new ConnectedCircuit.Impossible(size, "no connected circuit of so many edges was found");
        }
        BitSet edges = new BitSet();
        best.stream().map(graph::edge).forEach(edges::set);
        return new ConnectedCircuit.Found(size, edges, total, Math.max(total, bound), !isOpen());
    }

    /** The nodes of the best circuit that was found; none where there is no circuit. */
    boolean[] nodes() {
        boolean[] nodes = new boolean[graph.sourceCount()];
        if (best != null) {
            best.stream().forEach(rank -> nodes[graph.source(rank)] = true);
        }
        return nodes;
    }
}

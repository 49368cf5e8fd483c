package io.edgewise.graph;

import java.util.BitSet;

/**
 * The edges of a circuit that lie on a path, within it, from the start of the model to its end; EAP-IG's {@code prune}. Where edges have
 * token positions, a path may go on at a later position through a head's key, value or only input, and end at any.
 *
 * @param sources the nodes that such a path runs through, at any position, by {@link SourceNode#index}
 */
public record LiveEdges(BitSet edges, BitSet sources) {

    /**
     * The live edges of a circuit.
     *
     * @param circuit edges, by their place in the canonical order
     */
    public static LiveEdges of(ModelGraph graph, BitSet circuit) {
        Walk walk = new Walk(graph, NodePaths.of(graph), new BitSet(), new BitSet(), new BitSet());
        walk.fromTheStart(circuit);
        walk.fromTheEnd();
        BitSet sources = new BitSet();
        walk.heard().stream()
                .forEach(place -> sources.set(place % graph.sources().size()));
        return new LiveEdges(walk.live(), sources);
    }

    /**
     * A walk through the modules of a graph. A source at a position has one place.
     *
     * @param live the edges that are still thought to be live
     * @param fed the sources that a path from the start leads to
     * @param heard the sources that a path leads from to the end
     */
    private record Walk(ModelGraph graph, NodePaths paths, BitSet live, BitSet fed, BitSet heard) {

        void fromTheStart(BitSet circuit) {
            for (int source = 0; source < graph.sources().size(); source++) {
                for (int position = 0; position < graph.positions() && paths.isFirst(source); position++) {
                    fed.set(place(position, source));
                }
            }
            int destination = 0;
            for (DestinationModule module : graph.modules()) {
                for (int row = 0; row < module.destinations(); row++) {
                    feed(circuit, module, row, destination++);
                }
            }
        }

        private void feed(BitSet circuit, DestinationModule module, int row, int destination) {
            boolean isReachedEarlier = false;
            for (int position = 0; position < graph.positions(); position++) {
                boolean isReached = false;
                int first = firstEdge(module, row, position);
                int firstSource = place(position, module.firstSource());
                for (int source = 0; source < module.sources(); source++) {
                    if (circuit.get(first + source) && fed.get(firstSource + source)) {
                        live.set(first + source);
                        isReached = true;
                    }
                }
                isReachedEarlier |= isReached;
                for (int source = paths.firstFed(destination); source < paths.endFed(destination); source++) {
                    if (isReached || (isReachedEarlier && paths.readsEarlier(source, module))) {
                        fed.set(place(position, source));
                    }
                }
            }
        }

        void fromTheEnd() {
            int destination = graph.destinationCount();
            for (int place = graph.modules().size() - 1; place >= 0; place--) {
                DestinationModule module = graph.modules().get(place);
                for (int row = module.destinations() - 1; row >= 0; row--) {
                    hear(module, row, --destination);
                }
            }
        }

        private void hear(DestinationModule module, int row, int destination) {
            boolean isHeardLater = module.equals(graph.end());
            for (int position = graph.positions() - 1; position >= 0; position--) {
                boolean isHeard = isHeardLater;
                for (int source = paths.firstFed(destination); source < paths.endFed(destination); source++) {
                    if (heard.get(place(position, source))) {
                        isHeard = true;
                        isHeardLater |= paths.readsEarlier(source, module);
                    }
                }
                int first = firstEdge(module, row, position);
                if (!isHeard) {
                    live.clear(first, first + module.sources());
                }
                int firstSource = place(position, module.firstSource());
                for (int source = 0; source < module.sources(); source++) {
                    if (live.get(first + source)) {
                        heard.set(firstSource + source);
                    }
                }
            }
        }

        private int place(int position, int source) {
            return position * graph.sources().size() + source;
        }

        private int firstEdge(DestinationModule module, int row, int position) {
            return position * graph.edgesPerPosition() + module.offset() + row * module.sources();
        }
    }
}

package io.edgewise.jobs.figure;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Circuits to draw. */
final class Circuits {
    private static final int BLOCKS = 12;
    private static final int HEADS = 6;
    private static final int LAST_LAYER = 2 * BLOCKS + 1;
    private static final DrawnNode START = new DrawnNode("Resid Start", 0);
    private static final DrawnNode END = new DrawnNode("Resid End", LAST_LAYER);

    private Circuits() {}

    static DrawnNode head(int block, int head) {
        return new DrawnNode("A" + block + "." + head, 2 * block + 1);
    }

    static DrawnNode head(int block, int head, String input) {
        return new DrawnNode("A" + block + "." + head + "." + input, 2 * block + 1);
    }

    static DrawnNode mlp(int block) {
        return new DrawnNode("MLP " + block, 2 * block + 2);
    }

    static DrawnNode start() {
        return START;
    }

    static DrawnNode end() {
        return END;
    }

    static DrawnEdge edge(DrawnNode source, DrawnNode destination, double score) {
        return new DrawnEdge(source, destination, null, score);
    }

    static DrawnEdge edge(DrawnNode source, DrawnNode destination, int position, double score) {
        return new DrawnEdge(source, destination, position, score);
    }

    static CircuitFigure figure(DrawnEdge... edges) {
        return new CircuitFigure("a circuit", List.of(edges), List.of(), 0);
    }

    /** As many different edges as asked for, with scores of very different sizes. */
    static CircuitFigure any(int edges, long seed) {
        Random random = new Random(seed);
        Set<String> names = new LinkedHashSet<>();
        List<DrawnEdge> drawn = new ArrayList<>();
        while (drawn.size() < edges) {
            DrawnNode source = random.nextInt(8) == 0 ? START : node(random, "");
            DrawnNode destination = random.nextInt(4) == 0 ? END : node(random, "." + "QKV".charAt(random.nextInt(3)));
            if (source.layer() < destination.layer()) {
                DrawnEdge edge = edge(source, destination, random.nextGaussian() / (1 + drawn.size()));
                if (names.add(edge.name())) {
                    drawn.add(edge);
                }
            }
        }
        return new CircuitFigure("circuit " + seed, drawn, List.of(), 0);
    }

    private static DrawnNode node(Random random, String input) {
        int block = random.nextInt(BLOCKS);
        int head = random.nextInt(HEADS + 1);
        return head == HEADS ? mlp(block) : new DrawnNode("A" + block + "." + head + input, 2 * block + 1);
    }
}

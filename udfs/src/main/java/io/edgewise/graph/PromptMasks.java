package io.edgewise.graph;

import java.util.List;

/**
 * The patch masks of a run in which every edge has a mask of its own, the same for all prompts or one for each prompt.
 *
 * @param ofEach for all prompts together, or for each prompt of the batch, one mask per edge in canonical order
 */
public record PromptMasks(ModelGraph graph, List<float[]> ofEach) {
    public PromptMasks {
        ofEach = List.copyOf(ofEach);
        if (ofEach.isEmpty() || ofEach.stream().anyMatch(masks -> masks.length != graph.edgeCount())) {
            throw new IllegalArgumentException("Wanted a mask for each of " + graph.edgeCount() + " edges");
        }
    }

    /** Masks that all prompts share. */
    public static PromptMasks shared(ModelGraph graph, float[] masks) {
        return new PromptMasks(graph, List.of(masks));
    }

    /** Whether prompts share their masks. */
    public boolean areShared() {
        return ofEach.size() == 1;
    }

    /**
     * The masks of the edges into some modules.
     *
     * @param modules that read the same sources
     * @return row-major {@code [prompt, position, destination, source]}, the destinations module by module; one prompt where masks are
     *     shared, and one position where edges have none
     */
    public float[] rows(List<DestinationModule> modules) {
        int perPosition = modules.stream().mapToInt(DestinationModule::edges).sum();
        float[] rows = new float[ofEach.size() * graph.positions() * perPosition];
        int next = 0;
        for (float[] masks : ofEach) {
            for (int position = 0; position < graph.positions(); position++) {
                for (DestinationModule module : modules) {
                    int from = position * graph.edgesPerPosition() + module.offset();
                    System.arraycopy(masks, from, rows, next, module.edges());
                    next += module.edges();
                }
            }
        }
        return rows;
    }
}

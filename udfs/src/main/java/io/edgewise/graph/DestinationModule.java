package io.edgewise.graph;

import java.io.Serializable;

/**
 * The destinations that AutoCircuit keeps in one tensor of prune scores: all heads' query (key, value) inputs of a
 * block, an MLP's input, or the end of the stream.
 *
 * @param name AutoCircuit's module name, {@code blocks.0.hook_q_input}
 * @param block the block it belongs to; for the end of the stream the last one
 * @param heads how many heads read here; 0 where the module is not an attention input
 * @param sources how many sources are earlier: sources {@code 0 .. sources-1} have an edge to every destination here
 * @param offset where the module's edges begin in the canonical edge order
 */
public record DestinationModule(String name, Kind kind, int block, int layer, int heads, int sources, int offset)
        implements Serializable {

    /** What reads, in the canonical order within a layer. */
    public enum Kind {
        QUERY("hook_q_input", "Q"),
        KEY("hook_k_input", "K"),
        VALUE("hook_v_input", "V"),
        MLP("hook_mlp_in", ""),
        RESIDUAL_END("hook_resid_post", "");

        private final String hook;
        private final String suffix;

        Kind(String hook, String suffix) {
            this.hook = hook;
            this.suffix = suffix;
        }

        String moduleName(int block) {
            return "blocks." + block + "." + hook;
        }

        String nodeName(int block, int head) {
            return switch (this) {
                case QUERY, KEY, VALUE -> "A" + block + "." + head + "." + suffix;
                case MLP -> "MLP " + block;
                case RESIDUAL_END -> "Resid End";
            };
        }
    }

    /** How many destinations: rows of the module's {@code [destination, source]} matrix of edges. */
    public int destinations() {
        return Math.max(heads, 1);
    }

    public int edges() {
        return destinations() * sources;
    }

    /** The shape of AutoCircuit's tensor: {@code [head, source]}, or {@code [source]} where there are no heads. */
    public long[] shape() {
        return heads > 0 ? new long[] {heads, sources} : new long[] {sources};
    }
}

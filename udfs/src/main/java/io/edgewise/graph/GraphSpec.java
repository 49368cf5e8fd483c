package io.edgewise.graph;

import io.edgewise.InputException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which edges a model's graph has; the parameters of AutoCircuit's {@code patchable_model}.
 *
 * @param factorized edges from every source to every later destination; else from one stage of the residual stream to the
 *     next alone, so that only nodes can be ablated
 * @param separateQkv a head's query, key and value input each have edges of their own; else the head has one input
 * @param keyValueEdges whose key and value inputs have edges, where query heads share keys and values
 * @param seqLen tokens of every prompt where each position has its own copy of every edge; null where edges are shared by
 *     all positions
 */
public record GraphSpec(boolean factorized, boolean separateQkv, KeyValueEdges keyValueEdges, @Nullable Integer seqLen)
        implements Serializable {
    /** Factorized, with separate inputs, positions not told apart. */
    public static final GraphSpec DEFAULT = new GraphSpec(true, true, KeyValueEdges.HEAD, null);

    private static final int MOST_POSITIONS = 1_000_000;

    /** Whose key and value inputs have edges. */
    public enum KeyValueEdges {
        /** Each query head's, as in AutoCircuit. */
        HEAD,
        /** Each group's of query heads that share a key and a value. */
        GROUP
    }

    public GraphSpec {
        if (keyValueEdges == KeyValueEdges.GROUP && !separateQkv) {
            throw new InputException(
                    "--kv-edges group wants --separate-qkv true: a head's one input is the head's own");
        }
        if (seqLen != null && (seqLen < 1 || seqLen > MOST_POSITIONS)) {
            throw new InputException(
                    "Token positions (--seq-len) must be between 1 and " + MOST_POSITIONS + ", got " + seqLen);
        }
    }

    /** The same graph with edges of their own for each of {@code seqLen} positions; null for shared ones. */
    public GraphSpec withSeqLen(@Nullable Integer positions) {
        return new GraphSpec(factorized, separateQkv, keyValueEdges, positions);
    }
}

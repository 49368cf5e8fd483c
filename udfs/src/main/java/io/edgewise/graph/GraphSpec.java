package io.edgewise.graph;

import io.edgewise.InputException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which edges a model's graph has; the parameters of AutoCircuit's {@code patchable_model}.
 *
 * @param factorized whether edges run from every source to every later destination; else they run only from one stage of the residual
 *     stream to the next, so that only nodes can be ablated
 * @param separateQkv whether a head's query, key and value inputs have edges of their own; else the head has one input
 * @param keyValueEdges where query heads share keys and values, whether each query head or each group has key and value inputs
 * @param seqLen tokens of every prompt where each position has its own copy of every edge; null where edges are shared by all positions
 */
public record GraphSpec(boolean factorized, boolean separateQkv, KeyValueEdges keyValueEdges, @Nullable Integer seqLen)
        implements Serializable {
    /** A factorized graph with separate inputs, whose edges are shared by all positions. */
    public static final GraphSpec DEFAULT = new GraphSpec(true, true, KeyValueEdges.HEAD, null);

    private static final int MOST_POSITIONS = 1_000_000;

    /** Whose key and value inputs have edges. */
    public enum KeyValueEdges {
        /** Each query head's, as in AutoCircuit. */
        HEAD,
        /** Each group's: the query heads that share a key and a value. */
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

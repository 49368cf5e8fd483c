package io.edgewise.score;

import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.config.RelevanceRule;
import java.io.Serializable;
import java.util.Set;

/** How the effect of a small change is taken: by the gradient, or by what is better than it. */
public sealed interface GradientRule extends Serializable {

    /** The model with the backward pass of this rule. */
    default PatchableModel on(PatchableModel model) {
        return model;
    }

    /**
     * Checks that the rule is defined on a graph.
     *
     * @throws InputException where it isn't
     */
    default void check(GraphSpec spec) {}

    /** Whether edges to queries and keys count by what they change in the attention pattern. */
    default boolean followsPatterns() {
        return false;
    }

    /** The gradient. */
    record Gradient() implements GradientRule {}

    /** AtP*'s fix for queries and keys (Kramár et al. 2024, arXiv 2403.00745); the gradient for other edges. */
    record AtpStar() implements GradientRule {
        @Override
        public void check(GraphSpec spec) {
            if (!spec.separateQkv() || spec.seqLen() != null) {
                throw new InputException("AtP* changes queries and keys by themselves and at all positions together;"
                        + " give --separate-qkv true and leave out --seq-len");
            }
        }

        @Override
        public boolean followsPatterns() {
            return true;
        }
    }

    /** RelP. */
    record RelP(Set<RelevanceRule> rules) implements GradientRule {
        public RelP {
            rules = Set.copyOf(rules);
        }

        @Override
        public PatchableModel on(PatchableModel model) {
            return model.withRelevance(rules);
        }
    }
}

package io.edgewise.selection;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What a solver says of a {@link Core}.
 *
 * @param ranks the edges of the best circuit that it found, settled ones too; null where it found none
 * @param bound a number that no circuit's total is above
 * @param isComplete whether it went through all circuits
 */
record Proposal(@Nullable BitSet ranks, double bound, boolean isComplete) {}

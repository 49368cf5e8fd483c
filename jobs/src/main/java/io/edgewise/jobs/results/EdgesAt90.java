package io.edgewise.jobs.results;

import org.jspecify.annotations.Nullable;

/**
 * The smallest of some measured circuits that keeps nine tenths of a behaviour, in edges.
 *
 * @param edges its size; null where none keeps as much
 * @param low the size of the smallest whose interval ends at nine tenths or above; null where there is none
 * @param high the size of the smallest whose interval begins at nine tenths or above; null where there is none
 */
public record EdgesAt90(@Nullable Integer edges, @Nullable Integer low, @Nullable Integer high) {}

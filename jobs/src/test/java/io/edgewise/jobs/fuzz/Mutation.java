package io.edgewise.jobs.fuzz;

import java.util.SplittableRandom;

/** Makes a broken input of a whole one: the same for the same random numbers. */
@FunctionalInterface
interface Mutation {
    byte[] of(byte[] whole, SplittableRandom random);

    /** This one, and then another. */
    default Mutation then(Mutation next) {
        return (whole, random) -> next.of(of(whole, random), random);
    }
}

package io.edgewise.jobs.notebook;

import io.edgewise.jobs.files.Output;
import io.edgewise.jobs.options.NamedOptions;
import io.edgewise.jobs.options.OutputOptions;
import java.util.Optional;

/**
 * The place of a notebook's results.
 *
 * @param others the options that don't name the place
 */
record Place(Output output, NamedOptions others) {
    private static final String OVERWRITE = "--overwrite";

    /** The place for results. Running a paragraph again is no mistake in a notebook, so the same run's results stay, and a stopped run is resumed. */
    static Place of(String out, NamedOptions options) {
        NamedOptions ofOutput = options.knownTo(new OutputOptions()).with("--out", out);
        NamedOptions complete = ofOutput.values().containsKey(OVERWRITE) ? ofOutput : ofOutput.with("--resume");
        return new Place(complete.fill(new OutputOptions()).output(), options.without(ofOutput));
    }

    /** Shows the results of a run, if it ran, and where they are. */
    void show(Optional<?> found) {
        found.ifPresent(System.out::print);
        System.out.println(output.target());
    }
}

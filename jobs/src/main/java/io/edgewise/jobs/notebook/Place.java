package io.edgewise.jobs.notebook;

import io.edgewise.jobs.files.Output;
import io.edgewise.jobs.options.NamedOptions;
import io.edgewise.jobs.options.OutputOptions;
import java.util.Optional;

/**
 * Where a notebook's results go.
 *
 * @param others the options that say nothing of that
 */
record Place(Output output, NamedOptions others) {
    private static final String OVERWRITE = "--overwrite";

    /** Running a paragraph again is no mistake in a notebook: the same run's results stay, and are gone on with. */
    static Place of(String out, NamedOptions options) {
        NamedOptions ofOutput = options.knownTo(new OutputOptions()).with("--out", out);
        NamedOptions complete = ofOutput.values().containsKey(OVERWRITE) ? ofOutput : ofOutput.with("--resume");
        return new Place(complete.fill(new OutputOptions()).output(), options.without(ofOutput));
    }

    /** Shows what a run found, if it ran, and where it is. */
    void show(Optional<?> found) {
        found.ifPresent(System.out::print);
        System.out.println(output.target());
    }
}

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
    /** The place for results. Running a paragraph again is no mistake in a notebook, so the same run's results stay, and a stopped run is resumed. */
    static Place of(String out, NamedOptions options) {
        NamedOptions ofOutput = options.knownTo(new OutputOptions()).with("--out", out);
        Output given = ofOutput.fill(new OutputOptions()).output();
        Output output = given.ifThere().overwrites()
                ? given
                : ofOutput.with("--resume").fill(new OutputOptions()).output();
        return new Place(output, options.without(ofOutput));
    }

    /** Shows the results of a run, if it ran, and where they are. */
    void show(Optional<?> found) {
        found.ifPresent(System.out::print);
        System.out.println(output.target());
    }
}

package io.edgewise.jobs.options;

import io.edgewise.jobs.sweep.SearchSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of what is searched beyond the given sizes. */
final class SearchOptions {
    @Option(
            names = "--keep",
            split = ",",
            converter = ShareConverter.class,
            paramLabel = "SHARE",
            description =
                    "Search the smallest circuit that keeps this share of the behaviour, such as 90%% (or several: 80%%,90%%), by measuring"
                            + " more sizes; 0 for no search (default: 0; in a study 90%%).")
    private @Nullable List<Double> keep;

    @Option(
            names = "--minimise",
            description =
                    "Remove edges from the headline's circuit as long as that costs nothing within the error: minimised/. A fifth of the"
                            + " prompts choose which, and the rest verify it. Runs one more circuit for each of its edges, several times.")
    private boolean minimise;

    /**
     * The settings.
     *
     * @param usual the shares to keep where none were given
     */
    SearchSettings settings(List<Double> usual) {
        return new SearchSettings(keep == null ? usual : keep, minimise);
    }
}

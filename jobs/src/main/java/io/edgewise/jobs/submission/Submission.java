package io.edgewise.jobs.submission;

import io.edgewise.InputException;
import io.edgewise.jobs.files.NewPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A submission to the MIB benchmark that is being made: the files of each task and model. */
public final class Submission {
    private final Map<SubmissionFolder, String> results = new LinkedHashMap<>();
    private final Map<String, NewPlace.Content> files = new LinkedHashMap<>();

    /**
     * Adds a result.
     *
     * @param from where its scores come from
     * @param contents its files, by name
     * @throws InputException where another result has this folder
     */
    public void add(SubmissionFolder folder, String from, Map<String, NewPlace.Content> contents) {
        String other = results.putIfAbsent(folder, from);
        if (other != null) {
            throw new InputException("Both " + other + " and " + from + " are for " + folder.title()
                    + "; give one of them, or another --task or --mib-model");
        }
        contents.forEach((name, content) -> files.put(folder.title() + "/" + name, content));
    }

    /**
     * Writes the folder, and checks it before it appears.
     *
     * @return what the check found; where there is an error, nothing was written
     */
    public List<Finding> write(NewPlace place) {
        List<Finding> findings = new ArrayList<>();
        place.write(files, written -> {
            findings.addAll(SubmissionCheck.of(written));
            return !Finding.hasError(findings);
        });
        return List.copyOf(findings);
    }
}

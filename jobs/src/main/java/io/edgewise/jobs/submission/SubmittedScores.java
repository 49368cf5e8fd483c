package io.edgewise.jobs.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.jobs.input.GivenScores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Scores that are to be submitted.
 *
 * @param name what the result is called: the study's task, or the name of its own place
 */
public record SubmittedScores(GivenScores scores, String name) {

    /**
     * Scores as {@code --scores} gives them: each a result, or a study's directory, which has one for each task.
     *
     * @param method the study's method; null where studies have only one
     * @throws InputException where nothing is there, or it isn't clear which of a study's methods is meant
     */
    public static List<SubmittedScores> of(List<String> uris, @Nullable String method) {
        List<SubmittedScores> all = new ArrayList<>();
        boolean isOfStudy = false;
        for (String uri : uris) {
            JsonNode manifest = manifest(uri);
            if (manifest.path("command").asText().equals("study")) {
                isOfStudy = true;
                JsonNode options = manifest.path("options");
                String chosen = method(uri, options, method);
                for (String task : options.path("tasks").asText().split(",", -1)) {
                    all.add(new SubmittedScores(GivenScores.of(String.join("/", uri, task, chosen, "score")), task));
                }
            } else {
                all.add(new SubmittedScores(GivenScores.of(uri), nameOf(new Path(uri))));
            }
        }
        if (method != null && !isOfStudy) {
            throw new InputException(
                    "--method chooses among the methods of a study, and no --scores is the directory of"
                            + " one; leave it out");
        }
        return all;
    }

    /** The manifest of a directory; a missing node where there is none. */
    private static JsonNode manifest(String uri) {
        Path path = Hadoop.qualified(uri);
        FileSystem files = Hadoop.fileSystem(path);
        try {
            return files.exists(path) && files.getFileStatus(path).isDirectory()
                    ? ManifestFile.find(uri)
                    : MissingNode.getInstance();
        } catch (IOException e) {
            throw new InputException("Could not reach " + uri + ": " + e.getMessage(), e);
        }
    }

    private static String method(String uri, JsonNode options, @Nullable String wanted) {
        List<String> methods = new ArrayList<>();
        options.fieldNames().forEachRemaining(option -> {
            if (option.startsWith("method ")) {
                methods.add(option.substring("method ".length()));
            }
        });
        if (wanted == null && methods.size() == 1) {
            return methods.get(0);
        }
        if (wanted == null || !methods.contains(wanted)) {
            throw new InputException("The study in " + uri + " has the methods " + String.join(", ", methods)
                    + "; give one of them as --method" + (wanted == null ? "" : ", not " + wanted));
        }
        return wanted;
    }

    /** The name of a result's place; of {@code TASK/METHOD/score} the task, of {@code FOLDER/importances.json} the folder. */
    private static String nameOf(Path place) {
        String name = place.getName();
        Path parent = place.getParent();
        if (parent != null && name.equals("importances.json")) {
            return parent.getName();
        }
        Path above = parent == null ? null : parent.getParent();
        return above != null && name.equals("score") ? above.getName() : name;
    }

    /** The task, where the name says it, alone or before a model. */
    Optional<BenchmarkTask> task() {
        return SubmissionFolder.named(name).map(SubmissionFolder::task).or(() -> BenchmarkTask.named(name));
    }

    /** The model, where the name says it, after a task. */
    Optional<BenchmarkModel> model() {
        return SubmissionFolder.named(name).map(SubmissionFolder::model);
    }
}

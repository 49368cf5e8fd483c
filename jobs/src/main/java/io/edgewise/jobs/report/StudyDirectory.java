package io.edgewise.jobs.report;

import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.ManifestFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A directory that has a score and a sweep directory in it, as a study makes for each task and method. */
public record StudyDirectory(String uri) {

    /**
     * The two directories.
     *
     * @throws InputException where there isn't one of each
     */
    public StudyFiles files() {
        Path task = Hadoop.qualified(uri);
        Path directory = onlyMethod(task);
        return new StudyFiles(task.getName(), only(directory, "score"), only(directory, "sweep"));
    }

    /** The directory of the only method that a study's task was scored by, or the task's own where it has no such directories. */
    private Path onlyMethod(Path task) {
        try {
            FileSystem files = Hadoop.fileSystem(task);
            if (!files.exists(task)) {
                return task;
            }
            List<Path> methods = Arrays.stream(files.listStatus(task))
                    .filter(FileStatus::isDirectory)
                    .map(FileStatus::getPath)
                    .toList();
            boolean isOnly = methods.size() == 1
                    && ManifestFile.find(methods.get(0).toString()).isMissingNode();
            return isOnly ? methods.get(0) : task;
        } catch (IOException e) {
            throw new InputException("Could not reach " + task + ": " + e.getMessage(), e);
        }
    }

    private String only(Path directory, String command) {
        List<String> found;
        try {
            FileSystem files = Hadoop.fileSystem(directory);
            if (!files.exists(directory)) {
                throw wrong("which isn't there");
            }
            found = Arrays.stream(files.listStatus(directory))
                    .filter(FileStatus::isDirectory)
                    .map(child -> child.getPath().toString())
                    .filter(child -> isOf(child, command))
                    .toList();
        } catch (IOException e) {
            throw new InputException("Could not reach " + directory + ": " + e.getMessage(), e);
        }
        if (found.size() != 1) {
            throw wrong("which holds " + (found.isEmpty() ? "none" : found.size()) + " of " + command);
        }
        return found.get(0);
    }

    private InputException wrong(String what) {
        return new InputException("--compare wants directories that hold one directory that score --out wrote and one"
                + " that sweep --out wrote, got " + uri + ", " + what
                + "; or give --compare with two pairs of --scores and --sweep");
    }

    private static boolean isOf(String directory, String command) {
        return ManifestFile.find(directory).path("command").asText().equals(command);
    }
}

package io.edgewise.jobs.submission;

import io.edgewise.InputException;
import io.edgewise.jobs.files.Hadoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The check of a folder that is to be submitted to the MIB benchmark. */
public final class SubmissionCheck {
    private static final int LEAST = 2;

    private SubmissionCheck() {}

    /**
     * What there is to say about a submission; nothing where it is in order.
     *
     * @throws InputException where it isn't there
     */
    public static List<Finding> of(String uri) {
        Path root = Hadoop.qualified(uri);
        FileSystem files = Hadoop.fileSystem(root);
        try {
            if (!files.exists(root) || files.getFileStatus(root).isFile()) {
                throw new InputException("No such directory: " + uri
                        + "; wanted one that has a folder for each task and" + " model, such as ioi_gpt2");
            }
            return check(files, root).stream()
                    .map(finding ->
                            new Finding(finding.isError(), finding.text().replace(root + "/", "")))
                    .toList();
        } catch (IOException e) {
            throw new InputException("Could not read " + uri + ": " + e.getMessage(), e);
        }
    }

    private static List<Finding> check(FileSystem files, Path root) throws IOException {
        List<Finding> findings = new ArrayList<>();
        List<SubmissionFolder> folders = new ArrayList<>();
        for (FileStatus place : listed(files, root)) {
            String name = place.getPath().getName();
            if (place.isFile() || name.startsWith(".")) {
                continue;
            }
            Optional<SubmissionFolder> folder = SubmissionFolder.named(name);
            if (folder.isEmpty()) {
                findings.add(Finding.error(
                        name + " is none of the benchmark's folders; they are " + SubmissionFolder.titles()));
                continue;
            }
            folders.add(folder.get());
            List<Path> own = Arrays.stream(listed(files, place.getPath()))
                    .filter(FileStatus::isFile)
                    .map(FileStatus::getPath)
                    .toList();
            findings.addAll(FolderCheck.of(folder.get(), own));
        }
        if (folders.isEmpty() && findings.isEmpty()) {
            findings.add(Finding.error("No folder is there; wanted one for each task and model, such as ioi_gpt2"));
        }
        few(folders, SubmissionFolder::task, "tasks").ifPresent(findings::add);
        few(folders, SubmissionFolder::model, "models").ifPresent(findings::add);
        return findings;
    }

    private static FileStatus[] listed(FileSystem files, Path directory) throws IOException {
        FileStatus[] found = files.listStatus(directory);
        Arrays.sort(found);
        return found;
    }

    private static Optional<Finding> few(
            List<SubmissionFolder> folders, Function<SubmissionFolder, Object> of, String what) {
        long count = folders.stream().map(of).distinct().count();
        return folders.isEmpty() || count >= LEAST
                ? Optional.empty()
                : Optional.of(Finding.warning("The benchmark wants at least " + LEAST + " " + what + "; this has "
                        + count + ": add folders before it is submitted"));
    }
}

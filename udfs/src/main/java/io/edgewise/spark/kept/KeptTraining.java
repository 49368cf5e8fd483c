package io.edgewise.spark.kept;

import io.edgewise.score.mask.MaskState;
import io.edgewise.score.mask.TrainingPoint;
import io.edgewise.spark.HadoopSettings;
import io.edgewise.spark.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps how far a training has come, so that a run that was killed goes on from there and ends with the same bytes. A new file
 * replaces the one before. A file that is broken or from other hardware, which rounds differently, doesn't count.
 *
 * @param directory for this training alone
 * @param hardware the kinds of hardware that executors have
 * @param length how many parameters are trained
 */
public record KeptTraining(String directory, String hardware, int length) {
    private static final Logger LOG = LoggerFactory.getLogger(KeptTraining.class);
    private static final String PREFIX = "step-";

    /** How far a training has come. */
    public record Progress(MaskState state, List<TrainingPoint> curve) {
        public Progress {
            curve = List.copyOf(curve);
        }
    }

    /** Writes a file, then removes the others. */
    public void write(Progress progress) {
        Path file = new Path(directory, PREFIX + progress.state().step());
        WholeFile.write(file, out -> TrainingFile.write(progress, hardware, out));
        for (Path other : listed()) {
            if (!other.getName().equals(file.getName())) {
                remove(other);
            }
        }
    }

    /** The furthest that the training has come; empty where it begins. */
    public Optional<Progress> read() {
        return listed().stream()
                .sorted(Comparator.comparing(KeptTraining::step).reversed())
                .flatMap(file -> read(file).stream())
                .findFirst();
    }

    private Optional<Progress> read(Path file) {
        try (InputStream in = files().open(file)) {
            TrainingFile.Made made = TrainingFile.read(in, length);
            if (made.hardware().equals(hardware)) {
                return Optional.of(made.progress());
            }
            LOG.warn(
                    "The training in {} is from other hardware ({}, here {}), which rounds differently; it begins again",
                    file,
                    made.hardware(),
                    hardware);
        } catch (IOException e) {
            LOG.warn("Could not use the training in {}: {}; it begins again", file, e.getMessage());
        }
        return Optional.empty();
    }

    private List<Path> listed() {
        List<Path> found = new ArrayList<>();
        try {
            for (FileStatus file : files().listStatus(new Path(directory))) {
                if (file.getPath().getName().matches(PREFIX + "\\d+")) {
                    found.add(file.getPath());
                }
            }
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list " + directory, e);
        }
        return found;
    }

    private static int step(Path file) {
        return Integer.parseInt(file.getName().substring(PREFIX.length()));
    }

    private void remove(Path file) {
        try {
            files().delete(file, false);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + file, e);
        }
    }

    private FileSystem files() throws IOException {
        return new Path(directory).getFileSystem(HadoopSettings.current());
    }
}

package io.edgewise.jobs.files;

import io.edgewise.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * How a whole directory gets its place where a directory can't be renamed at once, as in object stores: file by file, and {@code _SUCCESS}
 * last. Until then the place has a file {@code _INCOMPLETE} that says which run it is of, and which files. With that file and without
 * {@code _SUCCESS} a directory is half-written; what is missing can be brought later.
 *
 * @param target the place
 */
record PieceByPiece(FileSystem files, Path target) {
    static final String SUCCESS = "_SUCCESS";

    private static final String INCOMPLETE = "_INCOMPLETE";
    private static final Set<String> RENAME_AT_ONCE = Set.of("file", "hdfs", "viewfs", "webhdfs", "swebhdfs");
    private static final int AT_ONCE = 16;

    /**
     * What is being brought to a place.
     *
     * @param attempt the name of the run's try
     * @param lengths of the files, by their names in the directory; none until the place has been cleared
     */
    record Mark(String run, String attempt, Map<String, Long> lengths) {
        static Mark of(String text) {
            Iterator<String> lines = text.lines().iterator();
            String[] first = lines.next().split(" ", 2);
            Map<String, Long> lengths = new TreeMap<>();
            lines.forEachRemaining(line -> {
                String[] words = line.split(" ", 2);
                lengths.put(words[1], Long.valueOf(words[0]));
            });
            return new Mark(first[0], first[1], lengths);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(run + " " + attempt + "\n");
            lengths.forEach((name, length) -> text.append(length + " " + name + "\n"));
            return text.toString();
        }
    }

    /** Whether a directory of this file system can be renamed at once. */
    static boolean isNeeded(Path directory) {
        return !RENAME_AT_ONCE.contains(directory.toUri().getScheme());
    }

    /** What was being brought here when that was stopped; empty where the place is empty, or complete. */
    Optional<Mark> halfWritten() throws IOException {
        Path mark = new Path(target, INCOMPLETE);
        if (!files.exists(mark) || files.exists(new Path(target, SUCCESS))) {
            return Optional.empty();
        }
        try (InputStream in = files.open(mark)) {
            return Optional.of(Mark.of(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    /** @throws InputException where the directory is half-written */
    void refuseHalfWritten() throws IOException {
        if (halfWritten().isPresent()) {
            throw new InputException(
                    target + " is half-written, by a run that was stopped; run the same command again with --resume,"
                            + " or with --overwrite");
        }
    }

    /** Brings a directory here that is whole, in place of what is here. */
    void bring(Path whole, String run, String attempt) throws IOException {
        mark(new Mark(run, attempt, Map.of()));
        files.delete(new Path(target, SUCCESS), false);
        for (FileStatus old : files.listStatus(target)) {
            if (!old.getPath().getName().equals(INCOMPLETE)) {
                files.delete(old.getPath(), true);
            }
        }
        Mark mark = new Mark(run, attempt, lengths(whole));
        mark(mark);
        bringRest(whole, mark);
    }

    /** Brings the files that aren't here yet. */
    void bringRest(Path whole, Mark mark) throws IOException {
        if (mark.lengths().isEmpty()) {
            bring(whole, mark.run(), mark.attempt());
            return;
        }
        List<Callable<Boolean>> moves = new ArrayList<>();
        for (String name : mark.lengths().keySet()) {
            moves.add(() -> moved(new Path(whole, name), new Path(target, name)));
        }
        allOf(moves);
        if (!lengths(target).equals(mark.lengths()) || !halfWritten().equals(Optional.of(mark))) {
            throw new IOException("Another run writes " + target
                    + " at the same time; when it has ended, give --resume or --overwrite");
        }
        files.create(new Path(target, SUCCESS), true).close();
        files.delete(new Path(target, INCOMPLETE), false);
        files.delete(whole, true);
    }

    private void mark(Mark mark) throws IOException {
        try (OutputStream out = files.create(new Path(target, INCOMPLETE), true)) {
            out.write(mark.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean moved(Path from, Path to) throws IOException {
        if (files.exists(from)) {
            files.delete(to, false);
            files.mkdirs(to.getParent());
            if (!files.rename(from, to)) {
                throw new IOException("Could not rename " + from + " to " + to);
            }
        }
        return true;
    }

    private static void allOf(List<Callable<Boolean>> moves) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<Boolean> move : pool.invokeAll(moves)) {
                move.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** The lengths of a directory's files, but for the two that say how far it is. */
    private Map<String, Long> lengths(Path directory) throws IOException {
        Map<String, Long> lengths = new TreeMap<>();
        RemoteIterator<LocatedFileStatus> found = files.listFiles(directory, true);
        while (found.hasNext()) {
            LocatedFileStatus file = found.next();
            String name = directory.toUri().relativize(file.getPath().toUri()).getPath();
            if (!name.equals(SUCCESS) && !name.equals(INCOMPLETE)) {
                lengths.put(name, file.getLen());
            }
        }
        return lengths;
    }
}

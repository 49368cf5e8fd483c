package io.edgewise.spark.share;

import io.edgewise.prompt.PromptBatch;
import io.edgewise.prompt.PromptPair;
import io.edgewise.score.EdgeRange;
import io.edgewise.spark.HadoopSettings;
import io.edgewise.spark.WholeFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of what each prompt adds to each score, one file per batch: the prompts' keys, then for each edge one number per prompt, so
 * that the numbers of neighbouring edges lie together. They are temporary files of one run, not a format for others.
 *
 * @param directory that every executor sees
 * @param edges how many edges the graph has
 */
public record ShareFiles(String directory, int edges) implements Serializable {
    private static final Pattern FILE = Pattern.compile("shares-(\\d{1,10})-(\\d{1,10})-[0-9a-f]{16}");

    /**
     * A batch's file.
     *
     * @param prompts how many prompts it holds
     */
    public record BatchFile(String name, int batch, int prompts) implements Serializable {
        /** The name of this file for another index of the batch. */
        String named(int index) {
            return name.replaceFirst("-\\d+-", "-" + index + "-");
        }
    }

    /**
     * Writes what a batch's prompts add.
     *
     * @param shares {@code [prompt][edge]}
     */
    public void write(PromptBatch batch, List<float[]> shares) {
        String name = "shares-" + batch.index() + "-" + batch.size() + "-"
                + batch.key().substring(0, 16);
        WholeFile.write(new Path(directory, name), out -> write(batch, shares, out));
    }

    /**
     * Writes what a batch's prompts add into a file of the name that the batch's would have.
     *
     * @param keys of the prompts
     * @param numbers what they add, by edge and prompt
     */
    void write(String name, long[] keys, float[] numbers) {
        WholeFile.write(new Path(directory, name), out -> {
            ByteBuffer bytes = ByteBuffer.allocate(size(keys.length, edges));
            bytes.asLongBuffer().put(keys);
            bytes.position(Math.multiplyExact(Long.BYTES, keys.length));
            bytes.asFloatBuffer().put(numbers);
            out.write(bytes.array());
        });
    }

    private void write(PromptBatch batch, List<float[]> shares, OutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size(shares.size(), edges));
        batch.pairs().stream().mapToLong(PromptPair::key).forEach(bytes::putLong);
        for (int edge = 0; edge < edges; edge++) {
            for (float[] ofPrompt : shares) {
                bytes.putFloat(ofPrompt[edge]);
            }
        }
        out.write(bytes.array());
    }

    private static int size(int prompts, int edges) {
        return Math.multiplyExact(prompts, Math.addExact(Long.BYTES, Math.multiplyExact(Float.BYTES, edges)));
    }

    /** The files, in the order of their batches. For a batch that was tried in parts, the file of the largest part counts. */
    public List<BatchFile> files() {
        Map<Integer, BatchFile> largest = new TreeMap<>();
        for (BatchFile file : listed()) {
            largest.merge(file.batch(), file, (one, other) -> one.prompts() < other.prompts() ? other : one);
        }
        return List.copyOf(largest.values());
    }

    /** The memory that reading takes per edge, for the largest of some batches: as bytes and as numbers. */
    public static long bytesOfEdge(List<BatchFile> files) {
        return 2L
                * Float.BYTES
                * files.stream().mapToInt(BatchFile::prompts).max().orElse(0);
    }

    private List<BatchFile> listed() {
        try {
            List<BatchFile> files = new ArrayList<>();
            for (FileStatus file : fileSystem().listStatus(new Path(directory))) {
                String name = file.getPath().getName();
                Matcher matcher = FILE.matcher(name);
                if (matcher.matches()) {
                    files.add(new BatchFile(
                            name, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
                }
            }
            return files;
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list what prompts add in " + directory, e);
        }
    }

    /** Removes the files of all batches but these: the others will be run again, maybe on other hardware. */
    public void keep(BitSet batches) {
        try {
            for (BatchFile file : listed()) {
                if (!batches.get(file.batch())) {
                    fileSystem().delete(new Path(directory, file.name()), false);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove what prompts add in " + directory, e);
        }
    }

    /**
     * What a batch's prompts add to the scores of some edges.
     *
     * @param keys of the prompts
     * @param numbers what they add, by edge and prompt
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Shares(long[] keys, float[] numbers) {}

    Shares read(BatchFile file, EdgeRange range) {
        Path path = new Path(directory, file.name());
        ByteBuffer keys = ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, file.prompts()));
        int ofEdge = Math.multiplyExact(Float.BYTES, file.prompts());
        ByteBuffer some = ByteBuffer.allocate(Math.multiplyExact(ofEdge, range.size()));
        try (FSDataInputStream in = fileSystem().open(path)) {
            in.readFully(0, keys.array());
            in.readFully(keys.capacity() + (long) ofEdge * range.first(), some.array());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read what prompts add in " + path, e);
        }
        long[] ofPrompts = new long[file.prompts()];
        keys.asLongBuffer().get(ofPrompts);
        float[] shares = new float[range.size() * file.prompts()];
        some.asFloatBuffer().get(shares);
        return new Shares(ofPrompts, shares);
    }

    private FileSystem fileSystem() throws IOException {
        return new Path(directory).getFileSystem(HadoopSettings.current());
    }
}

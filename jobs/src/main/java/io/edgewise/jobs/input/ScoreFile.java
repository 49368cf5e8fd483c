package io.edgewise.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.graph.GraphSpec.KeyValueEdges;
import io.edgewise.graph.ModelGraph;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.model.config.OutputSlice;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.safetensors.FloatTensor;
import io.edgewise.safetensors.Safetensors;
import io.edgewise.score.NodeScores;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file {@code prune_scores.safetensors}: AutoCircuit's prune scores, one tensor per destination module; or scores of nodes or neurons, one
 * tensor per module that writes.
 */
public final class ScoreFile {
    public static final String NAME = "prune_scores.safetensors";

    private static final long MOST_HEADER_BYTES = 1 << 25;

    private ScoreFile() {}

    public static byte[] encode(RankedScores scores) {
        return Safetensors.encode(scores.toTensors());
    }

    /**
     * Reads the scores of a model from a score directory.
     *
     * @throws InputException where there are none, or they are broken or of another model
     */
    public static RankedScores read(String directory, ModelSetup model) {
        Path file = new Path(Hadoop.qualified(directory), NAME);
        FileSystem files = Hadoop.fileSystem(file);
        try {
            if (!files.exists(file)) {
                throw new InputException("No " + NAME + " in " + directory + "; --scores wants what score --out wrote");
            }
            checkModel(directory, model.files());
        } catch (IOException e) {
            throw new InputException("Could not read " + file + ": " + e.getMessage(), e);
        }
        return read(file, model.config(), model.spec());
    }

    /**
     * Reads the scores of a graph from a file.
     *
     * @throws InputException where it is broken, or of another graph
     */
    static RankedScores read(Path file, TransformerConfig config, GraphSpec spec) {
        ModelGraph graph = config.graph(spec);
        FileSystem files = Hadoop.fileSystem(file);
        try (InputStream in = files.open(file)) {
            checkLength(files.getFileStatus(file), graph, config.modelWidth());
            Map<String, FloatTensor> tensors = Safetensors.decode(in.readAllBytes(), file.toString());
            return NodeScores.areIn(tensors, graph)
                    ? NodeScores.fromTensors(graph, config.modelWidth(), tensors, file.toString())
                    : PruneScores.fromTensors(graph, tensors, file.toString());
        } catch (IOException e) {
            throw new InputException("Could not read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The model with the edges that scores were made for, by their manifest; with the default ones without a manifest. */
    public static ModelSetup setup(String directory, ModelSetup model) {
        JsonNode options = ManifestFile.find(directory).path("options");
        String slice = options.path("slice-output").asText("last_seq").toUpperCase(Locale.ROOT);
        OutputSlice known = Arrays.stream(OutputSlice.values())
                .filter(value -> value.name().equals(slice))
                .findFirst()
                .orElse(OutputSlice.LAST_SEQ);
        return model.with(spec(options), known);
    }

    /** The edges that a manifest's options name; the default ones where they name none. */
    static GraphSpec spec(JsonNode options) {
        JsonNode seqLen = options.path("seq-len");
        return new GraphSpec(
                options.path("factorized").asBoolean(true),
                options.path("separate-qkv").asBoolean(true),
                options.path("kv-edges").asText("head").equals("group") ? KeyValueEdges.GROUP : KeyValueEdges.HEAD,
                seqLen.isMissingNode() ? null : seqLen.asInt());
    }

    /** Checks a file's length, since an untrusted file may have any length and is read whole. */
    private static void checkLength(FileStatus file, ModelGraph graph, int modelWidth) {
        long scores = Math.max(graph.edgeCount(), (long) graph.sources().size() * modelWidth);
        long most = Math.min(Integer.MAX_VALUE - 8L, MOST_HEADER_BYTES + 8L * scores);
        if (file.getLen() > most) {
            throw new InputException(file.getPath() + " has " + file.getLen() + " bytes; scores of the model's "
                    + graph.edgeCount() + " edges have at most " + most);
        }
    }

    /** Checks that scores with a manifest are this model's. Scores without one come from elsewhere. */
    private static void checkModel(String directory, ModelFiles model) {
        String fingerprint =
                ManifestFile.find(directory).at("/model/fingerprint").textValue();
        if (fingerprint != null && !fingerprint.equals(model.fingerprint())) {
            throw new InputException("The scores in " + directory + " are another model's than " + model.directory()
                    + "; give the model they were made with");
        }
    }
}

package io.edgewise.jobs.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.edgewise.InputException;
import io.edgewise.graph.GraphSpec;
import io.edgewise.jobs.files.Hadoop;
import io.edgewise.jobs.files.ManifestFile;
import io.edgewise.model.config.TransformerConfig;
import io.edgewise.score.PruneScores;
import io.edgewise.score.RankedScores;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Scores as {@code --scores} gives them: a directory that {@code score --out} wrote, a safetensors file of AutoCircuit's
 * prune scores, or a JSON file of EAP-IG and the MIB benchmark.
 *
 * @param file the file that the scores are in
 * @param isDirectory whether the file's directory was given, which may have a manifest
 */
public record GivenScores(String uri, Path file, boolean isDirectory) {

    /**
     * The scores at a place, which is a directory or a file.
     *
     * @throws InputException where nothing is there
     */
    public static GivenScores of(String uri) {
        Path path = Hadoop.qualified(uri);
        FileSystem files = Hadoop.fileSystem(path);
        try {
            if (files.exists(path) && files.getFileStatus(path).isFile()) {
                return new GivenScores(uri, path, false);
            }
            Path file = new Path(path, ScoreFile.NAME);
            if (!files.exists(file)) {
                throw new InputException("No " + ScoreFile.NAME + " in " + uri + "; --scores wants what score --out"
                        + " wrote, a safetensors file of prune scores, or a JSON file of EAP-IG");
            }
            return new GivenScores(uri, file, true);
        } catch (IOException e) {
            throw new InputException("Could not reach " + uri + ": " + e.getMessage(), e);
        }
    }

    /** The model with the edges that the scores were made for, if a manifest names them; else with the default ones. */
    public ModelSetup setup(ModelSetup model) {
        return isDirectory ? ScoreFile.setup(uri, model) : model;
    }

    /**
     * Reads scores of edges.
     *
     * @throws InputException where the scores aren't those of the model's edges
     */
    public PruneScores readEdges(ModelSetup model) {
        RankedScores scores = read(model);
        if (scores instanceof PruneScores ofEdges) {
            return ofEdges;
        }
        throw new InputException("Scores of edges were wanted, got scores of "
                + scores.level().words() + " in " + file() + "; score with --level edge");
    }

    /**
     * Reads them.
     *
     * @throws InputException where they are broken or of another model
     */
    public RankedScores read(ModelSetup model) {
        return isDirectory ? ScoreFile.read(uri, model) : read(model.config(), model.spec());
    }

    /**
     * Reads the scores for a model of which only the configuration is known.
     *
     * @throws InputException where they are broken or of another graph
     */
    public RankedScores read(TransformerConfig config, GraphSpec spec) {
        return file.getName().endsWith(".json")
                ? MibFile.read(file, MibGraph.of(config, spec))
                : ScoreFile.read(file, config, spec);
    }

    /** The edges that the scores were made for, if a manifest names them; else the default ones. */
    public GraphSpec spec() {
        return ScoreFile.spec(manifest().path("options"));
    }

    /** The address of the model that the scores were made with, if a manifest names it. */
    public Optional<String> model() {
        return Optional.ofNullable(manifest().path("model").path("directory").textValue());
    }

    /** How many prompts the scores were made of, if a manifest says so. */
    public Optional<Long> prompts() {
        JsonNode prompts = manifest().path("counts").path("prompts");
        return prompts.isIntegralNumber() ? Optional.of(prompts.asLong()) : Optional.empty();
    }

    /** Whether every score has an error, by the manifest. */
    public boolean hasErrors() {
        return manifest().path("options").path("bootstrap").asInt() > 0;
    }

    /** Whether they were made to fit answers that are numbers, by the manifest. */
    public boolean fitNumbers() {
        JsonNode options = manifest().path("options");
        String mse = "mse";
        return options.path("answer-function").asText().equals(mse)
                || (options.path("faithfulness-target").asText().equals(mse)
                        && !options.path("method").asText().equals("acdc"));
    }

    private JsonNode manifest() {
        return isDirectory ? ManifestFile.find(uri) : MissingNode.getInstance();
    }
}

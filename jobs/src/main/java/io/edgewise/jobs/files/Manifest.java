package io.edgewise.jobs.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.graph.ModelGraph;
import io.edgewise.pipeline.PromptBatches;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * {@code manifest.json}: everything needed to repeat a run and to tell whether two runs had the same input. The run id is a
 * hash of the command, its options and the input, so a repeated run has the same one.
 */
public final class Manifest {
    public static final String FILE = "manifest.json";

    /** Of the longest that is read. */
    public static final int MOST_BYTES = 1 << 24;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Instant started = Instant.now();
    private final ObjectNode root = JSON.createObjectNode();

    /**
     * @param command the command's name
     * @param options its own options that decide the result, by name; those of the model and the prompts are added
     */
    public Manifest(String command, Map<String, String> options, ModelSetup model, PromptSelection prompts) {
        root.put("run_id", "");
        root.put("command", command);
        ObjectNode optionNode = root.putObject("options");
        options.forEach(optionNode::put);
        model.options().forEach(optionNode::put);
        prompts.options().forEach(optionNode::put);
        ObjectNode modelNode = root.putObject("model");
        modelNode.put("directory", model.files().uri());
        modelNode.put("fingerprint", model.files().fingerprint());
        ObjectNode promptNode = root.putObject("prompts");
        for (String uri : prompts.uris()) {
            promptNode.putObject(uri).put("fingerprint", Fingerprint.of(uri));
        }
        root.put("run_id", runId());
        graph(model.graph());
    }

    private void graph(ModelGraph graph) {
        ObjectNode node = root.putObject("graph");
        node.put("sources", graph.sources().size());
        node.put("destinations", graph.destinationCount());
        node.put("edges", graph.edgeCount());
    }

    /** Hashes what decides the result; where files lie doesn't. */
    private String runId() {
        StringBuilder identity = new StringBuilder();
        identity.append(root.get("command")).append(root.get("options"));
        identity.append(root.get("model").get("fingerprint"));
        root.get("prompts").forEach(identity::append);
        return Fingerprint.ofText(identity + Version.edgewise()).substring(0, 16);
    }

    public String id() {
        return root.get("run_id").asText();
    }

    public void counts(PromptBatches.Result prompts) {
        ObjectNode node = root.putObject("counts");
        node.put("prompts", prompts.promptCount());
        node.put("batches", prompts.batchCount());
        node.put("rejected", prompts.rejectedCount());
        if (!prompts.model().prefix().isEmpty()) {
            node.put("prefix_tokens", prompts.model().prefix().size());
        }
    }

    public void put(String key, JsonNode value) {
        root.set(key, value);
    }

    /** The finished manifest. */
    public String finish(SparkSession spark) {
        ObjectNode software = root.putObject("software");
        software.put("edgewise", Version.edgewise());
        software.put("spark", spark.version());
        software.put("djl", Version.djl());
        software.put("pytorch", Version.pytorch());
        software.put("java", Runtime.version().toString());
        root.put("master", spark.sparkContext().master());
        root.put("started", started.toString());
        root.put("finished", Instant.now().toString());
        root.put("seconds", Duration.between(started, Instant.now()).toMillis() / 1000.0);
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of texts and numbers can be written", e);
        }
    }
}

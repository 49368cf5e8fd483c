package io.edgewise.jobs.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.graph.ModelGraph;
import io.edgewise.jobs.files.Fingerprint;
import io.edgewise.jobs.files.Version;
import io.edgewise.jobs.input.ModelSetup;
import io.edgewise.jobs.input.PromptSelection;
import io.edgewise.model.torch.Hardware;
import io.edgewise.pipeline.PromptBatches;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * {@code manifest.json}: everything needed to repeat a run and to tell whether two runs had the same input. The run id is a
 * hash of the command, its options and the input, so a repeated run has the same one.
 */
public final class Manifest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Instant started = Instant.now();
    private final ObjectNode root = JSON.createObjectNode();

    /**
     * @param command the command's name
     * @param options the command's own options that decide the result, by name; those of the model and the prompts are added
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
        modelNode.put("tokenizer", model.files().tokenizer());
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

    /** The hash of everything that decides the result; the places of files don't count. */
    private String runId() {
        StringBuilder identity = new StringBuilder();
        identity.append(root.get("command")).append(root.get("options"));
        identity.append(root.get("model").get("fingerprint"))
                .append(root.get("model").get("tokenizer"));
        root.get("prompts").forEach(identity::append);
        return Fingerprint.ofText(identity + Version.edgewise()).substring(0, 16);
    }

    public String command() {
        return root.get("command").asText();
    }

    public String id() {
        return root.get("run_id").asText();
    }

    /**
     * Records how many prompts and batches were run, and how many prompts were set aside.
     *
     * @param unfit how many prompts turned out not to fit into memory
     */
    public void counts(PromptBatches.Result prompts, int unfit) {
        ObjectNode node = root.putObject("counts");
        node.put("prompts", prompts.promptCount() - unfit);
        node.put("batches", prompts.batchCount());
        node.put("rejected", prompts.rejectedCount() + unfit);
        if (!prompts.model().prefix().isEmpty()) {
            node.put("prefix_tokens", prompts.model().prefix().size());
        }
    }

    /** Records how many batches an earlier run finished. */
    public void resumed(String work, long batches) {
        if (batches > 0) {
            root.withObject("/resumed_batches").put(work, batches);
        }
    }

    /**
     * Records how many batches were run in pieces because they didn't fit into memory whole; their results are equal except for rounding.
     */
    public void split(String work, int batches) {
        if (batches > 0) {
            root.withObject("/split_batches").put(work, batches);
        }
    }

    /** Records the faults that Spark recovered from. */
    public void faults(Map<String, Long> counts) {
        ObjectNode node = root.putObject("faults");
        counts.forEach(node::put);
    }

    /**
     * Records the hardware that executors computed on.
     *
     * @param kinds the kinds of hardware; one unless machines differ
     */
    public void hardware(List<Hardware> kinds) {
        ObjectNode node = describe(root.putObject("hardware"), kinds.get(0));
        if (kinds.size() > 1) {
            ArrayNode others = node.putArray("others");
            kinds.subList(1, kinds.size()).forEach(kind -> describe(others.addObject(), kind));
        }
    }

    private static ObjectNode describe(ObjectNode node, Hardware hardware) {
        return node.put("cpu", hardware.cpu())
                .put("vector_instructions", hardware.vectorInstructions())
                .put("reproducible", hardware.reproducible())
                .put("threads", hardware.threads())
                .put("gpu", hardware.gpu());
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

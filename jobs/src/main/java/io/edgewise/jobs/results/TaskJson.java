package io.edgewise.jobs.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.check.TaskEvidence;
import java.util.Locale;
import java.util.Optional;

/** The evidence for the task in the prompts, as JSON under {@code task} in a manifest. */
public final class TaskJson {
    /** Its key in a manifest. */
    public static final String KEY = "task";

    private TaskJson() {}

    /** The evidence as JSON. */
    public static ObjectNode of(TaskEvidence evidence) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("verdict", evidence.verdict().name().toLowerCase(Locale.ROOT))
                .put("clean_accuracy", evidence.cleanAccuracy())
                .put("low", evidence.clean().low())
                .put("high", evidence.clean().high())
                .put("corrupt_accuracy", evidence.hasCorrupt() ? evidence.corruptAccuracy() : null)
                .put("prompts", evidence.prompts());
    }

    /** The evidence in a manifest; empty where it has none. */
    public static Optional<TaskEvidence> in(JsonNode manifest) {
        JsonNode task = manifest.path(KEY);
        long prompts = task.path("prompts").asLong();
        return prompts < 1
                ? Optional.empty()
                : Optional.of(new TaskEvidence(
                        task.path("clean_accuracy").asDouble() * prompts,
                        task.path("corrupt_accuracy").asDouble(Double.NaN) * prompts,
                        prompts));
    }
}

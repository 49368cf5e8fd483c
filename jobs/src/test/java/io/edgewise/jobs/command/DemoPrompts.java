package io.edgewise.jobs.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small prompt files, made of the demo's. */
public final class DemoPrompts {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoPrompts() {}

    /** The first prompts of a task. */
    public static List<ObjectNode> first(String task, int count) throws IOException {
        JsonNode all =
                JSON.readTree(CommandRun.demo("datasets/" + task + ".json").toFile());
        List<ObjectNode> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add((ObjectNode) all.get("prompts").get(i));
        }
        return prompts;
    }

    /** Writes a prompt file. */
    public static Path write(List<ObjectNode> prompts, Path file) throws IOException {
        JSON.writeValue(file.toFile(), Map.of("prompts", prompts));
        return file;
    }
}

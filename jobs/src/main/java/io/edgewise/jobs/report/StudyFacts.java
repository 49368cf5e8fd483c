package io.edgewise.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgewise.jobs.results.Overlap;
import io.edgewise.jobs.results.TaskJson;
import io.edgewise.jobs.sweep.MinimisedCircuit;
import io.edgewise.jobs.sweep.SmallestCircuit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The facts on how a study was made, from its manifests. */
final class StudyFacts {
    private StudyFacts() {}

    /**
     * One line each.
     *
     * @param scored the manifest of the scores
     * @param swept the manifest of the measurements
     */
    static List<Fact> of(JsonNode scored, JsonNode swept) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Model", scored.path("model").path("directory").asText()));
        facts.add(new Fact(
                "Model fingerprint", scored.path("model").path("fingerprint").asText()));
        JsonNode graph = scored.path("graph");
        facts.add(new Fact(
                "Graph",
                graph.path("sources").asText() + " sources, "
                        + graph.path("destinations").asText() + " destinations, "
                        + graph.path("edges").asText() + " edges"));
        addRun(facts, "Scored", scored);
        addRun(facts, "Measured", swept);
        TaskJson.in(swept).ifPresent(task -> facts.add(new Fact("Task", task.sentence())));
        String smallest = StreamSupport.stream(swept.path(SmallestCircuit.KEY).spliterator(), false)
                .map(circuit -> circuit.path("sentence").asText() + ".")
                .collect(Collectors.joining(" "));
        if (!smallest.isEmpty()) {
            facts.add(new Fact("Smallest circuits", smallest));
        }
        JsonNode minimised = swept.path(MinimisedCircuit.KEY);
        if (!minimised.isMissingNode()) {
            facts.add(new Fact(
                    "Minimised",
                    minimised.path("sentence").asText() + ". These are the first "
                            + minimised.path("edges").asText() + " edges in the picture."));
        }
        String tests = StreamSupport.stream(swept.path("tests").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
        if (!tests.isEmpty()) {
            facts.add(new Fact("Tests", tests));
        }
        JsonNode software = swept.path("software");
        facts.add(new Fact(
                "Software",
                "Edgewise " + software.path("edgewise").asText() + ", Spark "
                        + software.path("spark").asText() + ", PyTorch "
                        + software.path("pytorch").asText() + ", Java "
                        + software.path("java").asText()));
        return facts;
    }

    /** The doubts that the runs' self-checks found. */
    static List<String> doubts(JsonNode scored, JsonNode swept) {
        return Stream.of(doubts(scored), doubts(swept), Overlap.in(swept).stream())
                .flatMap(doubts -> doubts)
                .distinct()
                .toList();
    }

    private static Stream<String> doubts(JsonNode manifest) {
        return StreamSupport.stream(manifest.at("/self_check/doubts").spliterator(), false)
                .map(JsonNode::asText);
    }

    private static void addRun(List<Fact> facts, String what, JsonNode manifest) {
        List<String> files = new ArrayList<>();
        manifest.path("prompts").fieldNames().forEachRemaining(files::add);
        JsonNode counts = manifest.path("counts");
        facts.add(new Fact(
                what + " on",
                counts.path("prompts").asText() + " prompts of " + String.join(", ", files) + " in "
                        + counts.path("batches").asText() + " batches, "
                        + counts.path("rejected").asText("0") + " left out"));
        List<Fact> options = manifest.path("options").properties().stream()
                .map(option ->
                        new Fact("--" + option.getKey(), option.getValue().asText()))
                .toList();
        facts.add(new Fact(what + " with", options.size() + " options", options));
        facts.add(new Fact(
                what + " self-check", manifest.at("/self_check/verdict").asText("none")));
        facts.add(new Fact(
                what + " in",
                manifest.path("seconds").asText() + " s, run "
                        + manifest.path("run_id").asText()));
    }
}

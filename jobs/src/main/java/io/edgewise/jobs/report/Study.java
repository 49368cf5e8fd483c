package io.edgewise.jobs.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One task on one model: its circuit, and how it was found.
 *
 * @param headline the result in one sentence
 * @param showsTask whether the prompts show a task at all; where they don't, that is the headline, and a circuit is no finding
 * @param doubts the doubts that the runs' self-checks found
 * @param facts how the result was made
 * @param edgeCount how many edges the whole graph has
 * @param chosenEdges the size of the circuit that is shown first
 * @param nodes the nodes of the whole graph
 * @param edges the strongest edges, or all, by rank
 * @param curve the measurements; may be empty
 * @param controls the measurements of random circuits; may be empty
 * @param positions the labels of the token positions, where edges have positions; may be empty
 * @param answers the answers on the first prompts; may be empty
 * @param rejected the prompts that could not be used
 * @param training how masks were trained, where scores come from that
 */
public record Study(
        String name,
        String headline,
        boolean showsTask,
        List<String> doubts,
        List<Fact> facts,
        int edgeCount,
        int chosenEdges,
        List<ReportNode> nodes,
        List<ReportEdge> edges,
        List<CurvePoint> curve,
        List<ControlPoint> controls,
        List<String> positions,
        List<PromptAnswers> answers,
        List<Rejection> rejected,
        TrainedMasks training) {
    public Study {
        doubts = List.copyOf(doubts);
        facts = List.copyOf(facts);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        curve = List.copyOf(curve);
        controls = List.copyOf(controls);
        positions = List.copyOf(positions);
        answers = List.copyOf(answers);
        rejected = List.copyOf(rejected);
    }

    /** The edges laid out, in circuits of a few sizes, the smallest first. */
    @JsonProperty
    List<DrawnCircuit> drawn() {
        return DrawnCircuits.of(this);
    }
}

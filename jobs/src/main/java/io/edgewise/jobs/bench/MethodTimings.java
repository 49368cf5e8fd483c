package io.edgewise.jobs.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewise.model.PatchableModel;
import io.edgewise.model.config.RelevanceRule;
import io.edgewise.prompt.PromptBatch;
import io.edgewise.score.Attribution;
import io.edgewise.score.GradientPoints;
import io.edgewise.score.GradientRule;
import io.edgewise.score.InformationFlowRoutes;
import io.edgewise.score.PromptScorer;
import java.util.EnumSet;
import java.util.List;

/**
 * The times of edge attribution patching's relatives on one batch, each compared with plain passes. AtP* is left out: it projects every
 * source's change in every block, which takes longer than all others together.
 */
record MethodTimings(PatchableModel model, PromptBatch batch, List<Method> methods) {
    private static final int STEPS = 5;

    /**
     * A method.
     *
     * @param forwards plain forward passes that it is compared with
     * @param forwardBackwards plain forward and backward passes that it is compared with
     */
    private record Method(String name, PromptScorer scorer, int forwards, int forwardBackwards) {}

    static MethodTimings of(PatchableModel model, PromptBatch batch) {
        GradientRule gradient = new GradientRule.Gradient();
        GradientRule relp = new GradientRule.RelP(
                EnumSet.of(RelevanceRule.LN_RULE, RelevanceRule.IDENTITY_RULE, RelevanceRule.HALF_RULE));
        int size = batch.size();
        return new MethodTimings(
                model,
                batch,
                List.of(
                        new Method(
                                "eap_ig_inputs",
                                Attribution.resampled(new GradientPoints.Inputs(STEPS), gradient, size),
                                0,
                                STEPS + 1),
                        new Method(
                                "ceap",
                                Attribution.resampled(GradientPoints.Inputs.conductance(STEPS), gradient, size),
                                0,
                                STEPS + 1),
                        new Method(
                                "clean_corrupted",
                                Attribution.resampled(new GradientPoints.CleanCorrupted(), gradient, size),
                                0,
                                3),
                        new Method("relp", Attribution.resampled(new GradientPoints.Clean(), relp, size), 1, 1),
                        new Method("information_flow_routes", new InformationFlowRoutes(), 1, 0)));
    }

    void time(Timings timings, boolean counts) {
        methods.forEach(
                method -> timings.time(method.name(), () -> method.scorer().score(model, batch), counts));
    }

    /** Writes each method's seconds, and their ratio to the plain passes that it is compared with. */
    void put(ObjectNode node, Timings timings) {
        for (Method method : methods) {
            ObjectNode own = node.putObject(method.name());
            timings.put(own, "seconds", method.name());
            own.put("cpu_seconds", timings.median(method.name() + " cpu"));
            own.put("forwards", method.forwards()).put("forward_backwards", method.forwardBackwards());
            double plain = method.forwards() * timings.median("forward")
                    + method.forwardBackwards() * timings.median("forward_backward");
            own.put("ratio", timings.median(method.name()) / plain);
        }
    }
}

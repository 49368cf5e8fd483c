package io.edgewise.circuit;

import io.edgewise.uncertainty.Estimate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The area under the curve of {@link Faithfulness} over circuit sizes, on a logarithmic axis from one edge to all of them: the mean height of
 * the curve. It is 1 where circuits of every size keep all of the behaviour. Lines between measured circuits are straight; the curve begins at
 * 0 and ends at 1, whether the circuits of no edge and of all edges were measured or not.
 *
 * @param edges how many edges, or nodes, the graph has
 */
public record FaithfulnessArea(int edges) {

    /**
     * The area, and the same in each replicate.
     *
     * @param measurements of any metrics
     * @return empty where no circuit between the two ends was measured, or faithfulness is not defined
     */
    public Optional<Estimate> of(List<Measurement> measurements) {
        TreeMap<Integer, Estimate> bySize = measurements.stream()
                .filter(measurement -> measurement.metric().equals(Faithfulness.NAME))
                .collect(Collectors.toMap(
                        measurement -> measurement.circuit().achievedEdges(),
                        Measurement::estimate,
                        (one, other) -> other,
                        TreeMap::new));
        Map<Integer, Estimate> between = bySize.subMap(1, true, Math.max(edges, 1), false);
        if (between.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> sizes = List.copyOf(between.keySet());
        return Optional.of(Estimate.of(List.copyOf(between.values()), heights -> area(sizes, heights)))
                .filter(area -> !Double.isNaN(area.value()));
    }

    private double area(List<Integer> sizes, double[] heights) {
        double area = 0;
        double place = 0;
        double height = 0;
        for (int i = 0; i < heights.length; i++) {
            double next = Math.log(sizes.get(i)) / Math.log(edges);
            area += (next - place) * (height + heights[i]) / 2;
            place = next;
            height = heights[i];
        }
        return area + (1 - place) * (height + 1) / 2;
    }
}

package io.edgewise.jobs.figure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The scale of ribbons' widths, the same for all panels, so that they can be compared.
 *
 * @param perScore pixels
 */
record Scale(double perScore) {
    private static final double WIDEST_RIBBON = 30;
    private static final double THINNEST_RIBBON = 1;
    private static final double TALLEST_BOX = 220;

    static Scale of(List<Panel> panels) {
        double widest = 0;
        double tallest = 0;
        for (Panel panel : panels) {
            Map<String, Double> in = new HashMap<>();
            Map<String, Double> out = new HashMap<>();
            for (DrawnEdge edge : panel.edges()) {
                widest = Math.max(widest, edge.size());
                tallest = Math.max(tallest, out.merge(edge.source().node(), edge.size(), Double::sum));
                tallest = Math.max(tallest, in.merge(edge.destination().node(), edge.size(), Double::sum));
            }
        }
        return new Scale(widest == 0 ? 0 : Math.min(WIDEST_RIBBON / widest, TALLEST_BOX / tallest));
    }

    double width(DrawnEdge edge) {
        return Math.max(THINNEST_RIBBON, edge.size() * perScore);
    }
}

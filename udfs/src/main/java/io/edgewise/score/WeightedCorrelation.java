package io.edgewise.score;

/** Pearson's correlation of pairs of numbers that count several times. The numbers should have a mean near 0, so that no digits cancel. */
final class WeightedCorrelation {
    private double count;
    private double x;
    private double y;
    private double xx;
    private double yy;
    private double xy;

    void add(double nextX, double nextY, int times) {
        if (times == 0) {
            return;
        }
        count += times;
        x += times * nextX;
        y += times * nextY;
        xx += times * nextX * nextX;
        yy += times * nextY * nextY;
        xy += times * nextX * nextY;
    }

    /** The correlation; not a number where either has one value only. */
    double value() {
        double ofX = xx - x * x / count;
        double ofY = yy - y * y / count;
        return (xy - x * y / count) / Math.sqrt(ofX * ofY);
    }
}

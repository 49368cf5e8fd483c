package io.edgewise.model.config;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Positions by rotation (Su et al. 2021): dimensions of a query or key are rotated in pairs, pair i by an angle of the position times {@code
 * theta^(-2i/width)}.
 *
 * @param width how many of a head's dimensions are rotated; they are its first ones
 * @param theta the base of the wavelengths
 * @param pairs which dimensions are rotated together
 * @param stretch how wavelengths are stretched; null for not at all
 */
public record Rotary(int width, double theta, Pairs pairs, @Nullable Stretch stretch) implements Serializable {

    /** Which dimensions are rotated together. */
    public enum Pairs {
        /** Dimension i and dimension i + width/2. */
        HALVES,
        /** Dimension 2i and dimension 2i + 1. */
        NEIGHBOURS
    }

    /** Rotation of the first half with the second. */
    public Rotary(int width, double theta, @Nullable Stretch stretch) {
        this(width, theta, Pairs.HALVES, stretch);
    }

    /** A rule that lowers frequencies, so that a model can read longer texts than it was trained on. */
    public sealed interface Stretch extends Serializable {
        /**
         * The lower frequency.
         *
         * @param pair which pair of dimensions has it
         * @param length tokens of the prompt
         */
        double of(double frequency, int pair, int length);

        /** What rotated queries and keys are multiplied by. */
        default double attentionFactor() {
            return 1;
        }

        /** All by one factor. */
        record Linear(double factor) implements Stretch {
            @Override
            public double of(double frequency, int pair, int length) {
                return frequency / factor;
            }
        }

        /**
         * Llama 3's: wavelengths longer than {@code originalPositions / lowFactor} by the factor, those shorter than {@code
         * originalPositions / highFactor} not at all, and smoothly between.
         */
        record Llama3(double factor, double lowFactor, double highFactor, double originalPositions) implements Stretch {
            @Override
            public double of(double frequency, int pair, int length) {
                double wavelength = 2 * Math.PI / frequency;
                if (wavelength < originalPositions / highFactor) {
                    return frequency;
                }
                if (wavelength > originalPositions / lowFactor) {
                    return frequency / factor;
                }
                double smooth = (originalPositions / wavelength - lowFactor) / (highFactor - lowFactor);
                return (1 - smooth) * frequency / factor + smooth * frequency;
            }
        }

        /**
         * YaRN (Peng et al. 2023): pairs up to {@code low} not at all, those from {@code high} by the factor, and in between in proportion.
         */
        record Yarn(double factor, double low, double high, double attentionFactor) implements Stretch {
            @Override
            public double of(double frequency, int pair, int length) {
                double share = Math.min(1, Math.max(0, (pair - low) / (high - low)));
                return share * frequency / factor + (1 - share) * frequency;
            }
        }

        /** LongRoPE (Ding et al. 2024): each pair by a factor of its own, which prompts longer than {@code originalPositions} have others of. */
        record LongRope(
                List<Double> shortFactors, List<Double> longFactors, double originalPositions, double attentionFactor)
                implements Stretch {
            public LongRope {
                shortFactors = List.copyOf(shortFactors);
                longFactors = List.copyOf(longFactors);
            }

            @Override
            public double of(double frequency, int pair, int length) {
                return frequency / (length > originalPositions ? longFactors : shortFactors).get(pair);
            }
        }
    }

    /**
     * The angle by which each pair of dimensions rotates from one position to the next.
     *
     * @param length tokens of the prompt
     */
    public double[] frequencies(int length) {
        return IntStream.range(0, width / 2)
                .mapToDouble(pair -> {
                    double frequency = Math.pow(theta, -2.0 * pair / width);
                    return stretch == null ? frequency : stretch.of(frequency, pair, length);
                })
                .toArray();
    }

    /** What rotated queries and keys are multiplied by. */
    public double attentionFactor() {
        return stretch == null ? 1 : stretch.attentionFactor();
    }
}

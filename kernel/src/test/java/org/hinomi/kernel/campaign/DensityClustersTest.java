package org.hinomi.kernel.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which points are a cluster and which are noise. */
class DensityClustersTest {
    private static int[] labels(double[] points, int[] weights, double reach) {
        return new DensityClusters(weights, (a, b) -> Math.abs(points[a] - points[b]), 3, 5, reach).labels();
    }

    private static int[] ones(int size) {
        int[] ones = new int[size];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void twoCrowdsAreTwoClustersAndStragglersAreNoise() {
        double[] points = new double[44];
        Random random = new Random(1);
        Arrays.setAll(
                points, i -> i < 20 ? random.nextDouble() * 0.2 : i < 40 ? 2 + random.nextDouble() * 0.2 : i * 10);
        int[] labels = labels(points, ones(44), 0.5);
        assertThat(Arrays.copyOf(labels, 20)).containsOnly(labels[0]);
        assertThat(Arrays.copyOfRange(labels, 20, 40)).containsOnly(labels[20]);
        assertThat(labels[0]).isNotEqualTo(labels[20]).isNotNegative();
        assertThat(Arrays.copyOfRange(labels, 40, 44)).containsOnly(DensityClusters.NOISE);
    }

    @Test
    void denseCrowdsThatAThinLineJoinsAreApart() {
        double[] points = new double[46];
        Arrays.setAll(points, i -> i < 20 ? i * 0.01 : i < 40 ? 2 + i * 0.01 : 0.2 + (i - 39) * 0.3);
        int[] labels = labels(points, ones(46), 0.5);
        assertThat(labels[0]).isNotNegative().isNotEqualTo(labels[30]);
        assertThat(labels[30]).isNotNegative();
    }

    @Test
    void onePointThatStandsForManyIsACluster() {
        assertThat(labels(new double[] {0, 5, 9}, new int[] {7, 4, 1}, 0.5))
                .containsExactly(0, DensityClusters.NOISE, DensityClusters.NOISE);
    }

    @Test
    void fewOrNoPointsAreNoCluster() {
        assertThat(labels(new double[0], new int[0], 0.5)).isEmpty();
        assertThat(labels(new double[] {0, 0, 0, 0}, ones(4), 0.5)).containsOnly(DensityClusters.NOISE);
    }
}

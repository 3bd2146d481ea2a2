package org.hinomi.kernel.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Rows that are mixtures of few profiles are told apart by them. */
class NonNegativeFactorsTest {
    private static final double[] EARLY = {3, 3, 2, 1, 0, 0};
    private static final double[] LATE = {0, 0, 0, 1, 2, 4};

    private static double[] times(double[] row, double by) {
        double[] product = row.clone();
        for (int t = 0; t < product.length; t++) {
            product[t] *= by;
        }
        return product;
    }

    @Test
    void aMatrixOfTwoProfilesIsMadeOfThem() {
        double[][] matrix = {EARLY, LATE, times(EARLY, 2), times(LATE, 3), times(LATE, 0.5)};
        NonNegativeFactors factors = new NonNegativeFactors(matrix, 2);
        for (int i = 0; i < matrix.length; i++) {
            for (int t = 0; t < EARLY.length; t++) {
                assertThat(factors.cell(i, t)).isCloseTo(matrix[i][t], within(0.1));
            }
        }
        assertThat(factors.foremost(2)).isEqualTo(factors.foremost(0));
        assertThat(factors.foremost(3)).isEqualTo(factors.foremost(1)).isEqualTo(factors.foremost(4));
        assertThat(factors.foremost(0)).isNotEqualTo(factors.foremost(1));
    }

    @Test
    void zerosStayZerosAndAreNoError() {
        NonNegativeFactors factors = new NonNegativeFactors(new double[3][6], 2);
        assertThat(factors.cell(1, 1)).isCloseTo(0, within(1e-6));
    }
}

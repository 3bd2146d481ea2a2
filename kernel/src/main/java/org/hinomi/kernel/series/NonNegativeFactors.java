package org.hinomi.kernel.series;

/**
 * Non-negative matrix factorisation by multiplicative updates (Lee and Seung, Learning the parts of objects, Nature
 * 1999): rows are mixtures of a few profiles. Starts from fixed profiles and runs a fixed number of rounds, so that the
 * same matrix gives the same factors.
 */
public final class NonNegativeFactors {
    private static final int ROUNDS = 60;
    private static final double TINY = 1e-9;

    private final double[][] weights;
    private final double[][] profiles;

    /**
     * Factors a matrix.
     *
     * @param matrix rows of the same length, nothing below 0
     * @param rank how many profiles
     */
    public NonNegativeFactors(double[][] matrix, int rank) {
        int columns = matrix.length == 0 ? 0 : matrix[0].length;
        weights = new double[matrix.length][rank];
        profiles = new double[rank][columns];
        for (int k = 0; k < rank; k++) {
            for (int t = 0; t < columns; t++) {
                double middle = (k + 0.5) * columns / rank - 0.5;
                profiles[k][t] = 0.1 + Math.max(0, 1 - Math.abs(t - middle) / Math.max(1, (double) columns / rank));
            }
        }
        for (double[] row : weights) {
            java.util.Arrays.fill(row, 1.0 / rank);
        }
        for (int round = 0; round < ROUNDS; round++) {
            updateWeights(matrix);
            updateProfiles(matrix);
        }
    }

    private void updateWeights(double[][] matrix) {
        double[][] gram = gram(profiles, profiles.length);
        for (int i = 0; i < matrix.length; i++) {
            double[] next = new double[profiles.length];
            for (int k = 0; k < next.length; k++) {
                double above = 0;
                for (int t = 0; t < matrix[i].length; t++) {
                    above += matrix[i][t] * profiles[k][t];
                }
                double below = 0;
                for (int l = 0; l < next.length; l++) {
                    below += weights[i][l] * gram[l][k];
                }
                next[k] = weights[i][k] * above / (below + TINY);
            }
            weights[i] = next;
        }
    }

    private void updateProfiles(double[][] matrix) {
        int rank = profiles.length;
        double[][] gram = new double[rank][rank];
        double[][] above = new double[rank][profiles[0].length];
        for (int i = 0; i < matrix.length; i++) {
            for (int k = 0; k < rank; k++) {
                for (int l = 0; l < rank; l++) {
                    gram[k][l] += weights[i][k] * weights[i][l];
                }
                for (int t = 0; t < above[k].length; t++) {
                    above[k][t] += weights[i][k] * matrix[i][t];
                }
            }
        }
        double[][] next = new double[rank][profiles[0].length];
        for (int k = 0; k < rank; k++) {
            for (int t = 0; t < next[k].length; t++) {
                double below = 0;
                for (int l = 0; l < rank; l++) {
                    below += gram[k][l] * profiles[l][t];
                }
                next[k][t] = profiles[k][t] * above[k][t] / (below + TINY);
            }
        }
        System.arraycopy(next, 0, profiles, 0, rank);
    }

    private static double[][] gram(double[][] rows, int size) {
        double[][] gram = new double[size][size];
        for (int k = 0; k < size; k++) {
            for (int l = 0; l < size; l++) {
                for (int t = 0; t < rows[k].length; t++) {
                    gram[k][l] += rows[k][t] * rows[l][t];
                }
            }
        }
        return gram;
    }

    /** The profile that makes up most of a row. */
    public int foremost(int row) {
        int foremost = 0;
        double most = -1;
        for (int k = 0; k < profiles.length; k++) {
            double part = weights[row][k] * sum(profiles[k]);
            if (part > most) {
                most = part;
                foremost = k;
            }
        }
        return foremost;
    }

    /** What the factors make of a cell. */
    public double cell(int row, int column) {
        double sum = 0;
        for (int k = 0; k < profiles.length; k++) {
            sum += weights[row][k] * profiles[k][column];
        }
        return sum;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}

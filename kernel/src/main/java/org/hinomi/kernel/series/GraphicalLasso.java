package org.hinomi.kernel.series;

import java.util.Arrays;

/**
 * Sparse inverse covariance of rows (Friedman, Hastie and Tibshirani, Sparse inverse covariance estimation with the
 * graphical lasso, Biostatistics 2008): which rows move together when the others are accounted for. Block coordinate
 * descent with a fixed number of rounds. Rows fall apart first into the connected parts of the correlations above the
 * penalty, which are exactly those of the answer (Mazumder and Hastie, JMLR 2012), so that only parts are worked on.
 */
public final class GraphicalLasso {
    /** The most rows of a part that is worked on; of a larger one all rows count as joined. */
    public static final int MOST = 96;

    private static final int ROUNDS = 4;
    private static final int INNER_ROUNDS = 20;
    private static final double TINY = 1e-9;

    private GraphicalLasso() {}

    /**
     * The correlations of rows; 0 for a row that never changes.
     *
     * @param matrix rows of the same length
     */
    public static double[][] correlations(double[][] matrix) {
        double[][] unit = new double[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            unit[i] = unit(matrix[i]);
        }
        double[][] of = new double[matrix.length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int t = 0; t < unit[i].length; t++) {
                    sum += unit[i][t] * unit[j][t];
                }
                of[i][j] = sum;
                of[j][i] = sum;
            }
            of[i][i] = 1;
        }
        return of;
    }

    private static double[] unit(double[] row) {
        double mean = 0;
        for (double value : row) {
            mean += value / row.length;
        }
        double[] unit = new double[row.length];
        double square = 0;
        for (int t = 0; t < row.length; t++) {
            unit[t] = row[t] - mean;
            square += unit[t] * unit[t];
        }
        for (int t = 0; t < row.length; t++) {
            unit[t] = square < TINY ? 0 : unit[t] / Math.sqrt(square);
        }
        return unit;
    }

    /** For each row the number of the connected part of correlations above a penalty that it is in. */
    public static int[] parts(double[][] correlations, double penalty) {
        int[] part = new int[correlations.length];
        Arrays.fill(part, -1);
        int[] queue = new int[part.length];
        int parts = 0;
        for (int start = 0; start < part.length; start++) {
            if (part[start] >= 0) {
                continue;
            }
            int end = 0;
            queue[end++] = start;
            part[start] = parts;
            for (int at = 0; at < end; at++) {
                for (int j = 0; j < part.length; j++) {
                    if (part[j] < 0 && correlations[queue[at]][j] > penalty) {
                        part[j] = parts;
                        queue[end++] = j;
                    }
                }
            }
            parts++;
        }
        return part;
    }

    /**
     * How many of all pairs of rows of a part are joined by the inverse covariance, 0 to 1.
     *
     * @param correlations of the rows of the part
     */
    public static double density(double[][] correlations, double penalty) {
        int size = correlations.length;
        if (size > MOST || size < 2) {
            return size < 2 ? 0 : 1;
        }
        double[][] betas = solve(correlations, penalty);
        int joined = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                joined += Math.abs(betas[i][j]) > TINY || Math.abs(betas[j][i]) > TINY ? 1 : 0;
            }
        }
        return 2.0 * joined / (size * (size - 1.0));
    }

    /** The regression coefficients of each row on the others at the end of the descent. */
    private static double[][] solve(double[][] sample, double penalty) {
        int size = sample.length;
        double[][] w = new double[size][];
        double[][] betas = new double[size][size];
        for (int i = 0; i < size; i++) {
            w[i] = sample[i].clone();
            w[i][i] += penalty;
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < size; i++) {
                lasso(w, sample[i], i, penalty, betas[i]);
                for (int j = 0; j < size; j++) {
                    if (j != i) {
                        double sum = dot(w[j], betas[i], i);
                        w[i][j] = sum;
                        w[j][i] = sum;
                    }
                }
            }
        }
        return betas;
    }

    private static double dot(double[] row, double[] beta, int without) {
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            sum += k == without ? 0 : row[k] * beta[k];
        }
        return sum;
    }

    private static void lasso(double[][] w, double[] target, int without, double penalty, double[] beta) {
        for (int round = 0; round < INNER_ROUNDS; round++) {
            double moved = 0;
            for (int j = 0; j < beta.length; j++) {
                if (j == without) {
                    continue;
                }
                double left = target[j] - dot(w[j], beta, without) + w[j][j] * beta[j];
                double next = Math.signum(left) * Math.max(0, Math.abs(left) - penalty) / w[j][j];
                moved = Math.max(moved, Math.abs(next - beta[j]));
                beta[j] = next;
            }
            if (moved < TINY) {
                return;
            }
        }
    }
}

package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.series.GraphicalLasso;
import org.hinomi.kernel.series.NonNegativeFactors;

/**
 * The largest group of sources that move together, by source blocks.
 *
 * @param rows its members
 * @param blocks how many source blocks (/24, of IPv6 /48) they are from
 * @param density pairs of them that are joined, of all pairs, in percent
 */
record Cooperation(List<MemberRow> rows, int blocks, int density) {
    static final Cooperation NONE = new Cooperation(List.of(), 0, 0);

    private static final int RANK = 2;
    private static final double LOG_2 = StrictMath.log(2);

    /** By non-negative factors: members look alike, and are what one profile makes up most of. */
    static Cooperation byFactors(List<MemberRow> candidates, boolean fast) {
        List<List<MemberRow>> groups = new ArrayList<>();
        for (List<MemberRow> alike : alike(candidates)) {
            NonNegativeFactors factors = new NonNegativeFactors(matrix(alike, fast), RANK);
            List<List<MemberRow>> parts = new ArrayList<>();
            for (int k = 0; k < RANK; k++) {
                parts.add(new ArrayList<>());
            }
            for (int i = 0; i < alike.size(); i++) {
                parts.get(factors.foremost(i)).add(alike.get(i));
            }
            groups.addAll(parts);
        }
        return largest(groups);
    }

    /** By sparse inverse covariance: members look alike, and are in one connected part of it. */
    static Cooperation byCovariance(List<MemberRow> candidates, boolean fast, double penalty) {
        List<List<MemberRow>> groups = new ArrayList<>();
        for (List<MemberRow> alike : alike(candidates)) {
            int from = groups.size();
            int[] parts = GraphicalLasso.parts(GraphicalLasso.correlations(matrix(alike, fast)), penalty);
            for (int i = 0; i < parts.length; i++) {
                while (groups.size() <= from + parts[i]) {
                    groups.add(new ArrayList<>());
                }
                groups.get(from + parts[i]).add(alike.get(i));
            }
        }
        Cooperation largest = largest(groups);
        double[][] own = GraphicalLasso.correlations(matrix(largest.rows, fast));
        return new Cooperation(
                largest.rows, largest.blocks, (int) Math.round(100 * GraphicalLasso.density(own, penalty)));
    }

    /** Sources whose packets look alike, if there are several. */
    private static List<List<MemberRow>> alike(List<MemberRow> candidates) {
        Map<Long, List<MemberRow>> shapes = new TreeMap<>();
        candidates.forEach(row ->
                shapes.computeIfAbsent(row.shape(), shape -> new ArrayList<>()).add(row));
        return shapes.values().stream().filter(rows -> rows.size() > 1).toList();
    }

    private static double[][] matrix(List<MemberRow> rows, boolean fast) {
        double[][] matrix = new double[rows.size()][MemberRow.BINS];
        for (int i = 0; i < matrix.length; i++) {
            long bins = fast ? rows.get(i).fast : rows.get(i).slow;
            for (int t = 0; t < MemberRow.BINS; t++) {
                matrix[i][t] = StrictMath.log1p(MemberRow.count(bins, t)) / LOG_2;
            }
        }
        return matrix;
    }

    private static Cooperation largest(List<List<MemberRow>> groups) {
        Cooperation largest = NONE;
        for (List<MemberRow> group : groups) {
            int blocks = blocks(group);
            if (blocks > largest.blocks) {
                largest = new Cooperation(group, blocks, 0);
            }
        }
        return largest;
    }

    static int blocks(List<MemberRow> rows) {
        Set<Long> blocks = new HashSet<>();
        rows.forEach(row -> blocks.add(IpAddress.isV4(row.hi, row.lo) ? row.lo >>> 8 : ~(row.hi >>> 16)));
        return blocks.size();
    }
}

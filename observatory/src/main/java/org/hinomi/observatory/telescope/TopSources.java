package org.hinomi.observatory.telescope;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.hinomi.kernel.address.AddressText;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.rollup.SourceTable;
import org.jspecify.annotations.Nullable;

/** The sources with the most packets, and what each country's sources add up to: one walk over the source table. */
record TopSources(
        List<AnalysisReport.Source> sources, @Nullable List<AnalysisReport.Country> countries) {
    private static final int MOST = 20;
    private static final int LETTERS = 1 << 16;

    static TopSources of(SourceTable table, @Nullable Origin origin) {
        Comparator<Integer> fewest = Comparator.comparingLong(table::packets);
        PriorityQueue<Integer> most = new PriorityQueue<>(MOST + 1, fewest.thenComparing(Comparator.reverseOrder()));
        long[] packets = new long[LETTERS];
        long[] sources = new long[LETTERS];
        for (int index = 0; index < table.size(); index++) {
            if (most.size() < MOST || table.packets(index) > table.packets(most.element())) {
                most.add(index);
                if (most.size() > MOST) {
                    most.remove();
                }
            }
            if (origin != null) {
                int country = origin.country(table.hi(index), table.lo(index)) & 0xffff;
                packets[country] += table.packets(index);
                sources[country]++;
            }
        }
        List<AnalysisReport.Source> top = most.stream()
                .sorted(Comparator.<Integer>comparingLong(table::packets)
                        .reversed()
                        .thenComparing(i -> i))
                .map(index -> source(table, index, origin))
                .toList();
        return new TopSources(top, origin == null ? null : countries(packets, sources));
    }

    private static AnalysisReport.Source source(SourceTable table, int index, @Nullable Origin origin) {
        long hi = table.hi(index);
        long lo = table.lo(index);
        int country = origin == null ? 0 : origin.country(hi, lo);
        long asn = origin == null ? 0 : origin.asn(hi, lo);
        return new AnalysisReport.Source(
                AddressText.format(hi, lo),
                table.packets(index),
                country == 0 ? null : letters(country),
                asn == 0 ? null : asn);
    }

    private static List<AnalysisReport.Country> countries(long[] packets, long[] sources) {
        List<AnalysisReport.Country> all = new ArrayList<>();
        for (int country = 0; country < LETTERS; country++) {
            if (sources[country] > 0) {
                all.add(new AnalysisReport.Country(
                        country == 0 ? "??" : letters(country), packets[country], sources[country]));
            }
        }
        all.sort(Comparator.comparingLong(AnalysisReport.Country::packets)
                .reversed()
                .thenComparing(AnalysisReport.Country::country));
        return all;
    }

    private static String letters(int country) {
        return "" + (char) (country >>> 8) + (char) (country & 0xff);
    }
}

package org.hinomi.kernel.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Groups sources by how they behaved over the window: sources of one group, and those of none. */
final class Grouping {
    /** The most different behaviours that are compared with one another. */
    private static final int MOST_POINTS = 6_000;

    private static final int NEIGHBOURS = 5;

    /** The distance over which nothing is joined. */
    private static final double REACH = 0.4;

    private static final int COARSEST = 4;

    private final List<List<KnownSource>> groups = new ArrayList<>();
    private final Map<KnownSource, Profile> profiles = new HashMap<>();

    Grouping(List<KnownSource> sources, int leastMembers) {
        sources.forEach(source -> profiles.put(source, Profile.of(source)));
        List<List<KnownSource>> points = points(sources);
        Profile[] first =
                points.stream().map(point -> profile(point.getFirst())).toArray(Profile[]::new);
        int[] weights = points.stream().mapToInt(List::size).toArray();
        int[] labels = new DensityClusters(
                        weights, (a, b) -> Likeness.distance(first[a], first[b]), NEIGHBOURS, leastMembers, REACH)
                .labels();
        int most = Arrays.stream(labels).max().orElse(DensityClusters.NOISE);
        for (int label = 0; label <= most; label++) {
            groups.add(new ArrayList<>());
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != DensityClusters.NOISE) {
                groups.get(labels[i]).addAll(points.get(i));
            }
        }
    }

    /** Sources whose behaviour is as good as the same, together; coarser the more there are. */
    private List<List<KnownSource>> points(List<KnownSource> sources) {
        Map<String, List<KnownSource>> points = new LinkedHashMap<>();
        for (int coarse = 0; coarse <= COARSEST; coarse++) {
            points.clear();
            for (KnownSource source : sources) {
                points.computeIfAbsent(key(profile(source), 1 << coarse), key -> new ArrayList<>(1))
                        .add(source);
            }
            if (points.size() <= MOST_POINTS) {
                break;
            }
        }
        return points.values().stream()
                .sorted(Comparator.<List<KnownSource>>comparingInt(List::size)
                        .reversed()
                        .thenComparing(point -> point.getFirst().address))
                .limit(MOST_POINTS)
                .toList();
    }

    private static String key(Profile profile, int coarse) {
        StringBuilder key = new StringBuilder(profile.family());
        for (int i = 0; i < profile.services().length; i++) {
            long share = Math.round(profile.roots()[i] * 16 / coarse);
            if (share > 0) {
                key.append(' ').append(profile.services()[i]).append(':').append(share);
            }
        }
        return key.append(' ')
                .append(Math.round(profile.onset() * 8 / coarse))
                .append(' ')
                .append(Math.round(profile.rate() * 2 / coarse))
                .append(' ')
                .append(Math.round(profile.duty() * 8 / coarse))
                .toString();
    }

    /** The groups, each with its sources. */
    List<List<KnownSource>> groups() {
        return groups;
    }

    /** The behaviour of a source. */
    Profile profile(KnownSource source) {
        return Objects.requireNonNull(profiles.get(source));
    }
}

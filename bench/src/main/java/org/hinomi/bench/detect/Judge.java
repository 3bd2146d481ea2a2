package org.hinomi.bench.detect;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.hinomi.bench.detect.Truth.Span;

/** Holds what was told against what is true: the same key, at a time in common. */
final class Judge {
    private Judge() {}

    /** Something told about a key. */
    record Told(long key, long first, long last, long at) {}

    /** Spans of truth against what was told. */
    static Score spans(String name, List<Span> truth, ToLongFunction<Span> key, Collection<Told> told) {
        Score score = new Score(name);
        Map<Long, List<Told>> byKey = new HashMap<>();
        told.forEach(each -> byKey.computeIfAbsent(each.key, any -> new java.util.ArrayList<>(1))
                .add(each));
        Map<Long, List<Span>> spans = new HashMap<>();
        for (Span span : truth) {
            long at = key.applyAsLong(span);
            spans.computeIfAbsent(at, any -> new java.util.ArrayList<>(1)).add(span);
            byKey.getOrDefault(at, List.of()).stream()
                    .filter(each -> span.overlaps(each.first, each.last))
                    .mapToLong(each -> each.at)
                    .min()
                    .ifPresentOrElse(first -> score.found(Math.max(0, first - span.first())), score::missed);
        }
        told.forEach(each -> score.told(spans.getOrDefault(each.key, List.of()).stream()
                .anyMatch(span -> span.overlaps(each.first, each.last))));
        return score;
    }

    /** Sources that are true against sources that were told. */
    static Score sources(String name, Map<Long, Long> truth, Predicate<Long> right, Map<Long, Long> told) {
        Score score = new Score(name);
        truth.forEach((source, first) -> {
            Long at = told.get(source);
            if (at == null) {
                score.missed();
            } else {
                score.found(Math.max(0, at - first));
            }
        });
        told.keySet().forEach(source -> score.told(right.test(source)));
        return score;
    }
}

package org.hinomi.kernel.campaign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes down what campaigns were on a day. */
final class Dossier {
    private static final double ALIKE = 0.5;

    private final LocalDate day;
    private final Collection<CampaignState> states;
    private final long began;

    /** A member on the day: what is remembered of it, what it did on the day, and its behaviour over the window. */
    record Member(KnownSource source, SourceDay today, Profile profile, boolean joined) {}

    Dossier(LocalDate day, Collection<CampaignState> states, long began) {
        this.day = day;
        this.states = states;
        this.began = began;
    }

    /** A campaign of which nothing is seen on the day. */
    CampaignDay silent(CampaignState state, List<String> others, int left) {
        return new CampaignDay(
                state.id,
                day,
                state.state,
                others,
                0,
                0,
                left,
                0,
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                0,
                similar(state),
                new Attribution(Attribution.Statement.SAME_BEHAVIOUR, Confidence.NONE, List.of()));
    }

    /** A campaign with members on the day, at least one. */
    CampaignDay seen(CampaignState state, List<String> others, List<Member> members, int left, List<Profile> outside) {
        List<SourceDay> days = members.stream().map(Member::today).toList();
        List<Profile> behaviours = members.stream().map(Member::profile).toList();
        double cohesion = behaviours.stream()
                .mapToDouble(each -> 1 - Math.min(1, Likeness.distance(each, state.profile)))
                .average()
                .orElse(0);
        SortedMap<String, Long> ports = new TreeMap<>();
        SortedMap<String, Long> families = new TreeMap<>();
        SortedMap<String, Long> countries = new TreeMap<>();
        SortedMap<Long, Long> networks = new TreeMap<>();
        for (SourceDay each : days) {
            countries.merge(country(each.country()), 1L, Long::sum);
            networks.merge(each.asn(), 1L, Long::sum);
            each.ports().forEach(port -> ports.merge(port.service(), port.packets(), Long::sum));
            each.families().keySet().forEach(family -> families.merge(family, 1L, Long::sum));
        }
        return new CampaignDay(
                state.id,
                day,
                state.state,
                others,
                members.size(),
                (int) members.stream().filter(Member::joined).count(),
                left,
                days.stream().mapToLong(SourceDay::packets).sum(),
                days.stream().map(SourceDay::address).toList(),
                most(ports),
                families,
                most(countries),
                most(networks),
                cohesion,
                similar(state),
                Attributions.judge(days, behaviours, state.profile, outside, cohesion, state.first > began + 1));
    }

    private static String country(int country) {
        return country == 0 ? "??" : "" + (char) (country >>> 8) + (char) (country & 0xff);
    }

    private static <K extends Comparable<K>> SortedMap<K, Long> most(SortedMap<K, Long> counts) {
        SortedMap<K, Long> most = new TreeMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<K, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(CampaignDay.MOST)
                .forEach(each -> most.put(each.getKey(), each.getValue()));
        return most;
    }

    private List<CampaignDay.Similar> similar(CampaignState state) {
        List<CampaignDay.Similar> similar = new ArrayList<>();
        for (CampaignState other : states) {
            if (other != state && other.first <= state.first) {
                double likeness = 1 - Math.min(1, Likeness.timeless(state.profile, other.profile));
                if (likeness >= ALIKE) {
                    similar.add(new CampaignDay.Similar(other.id, likeness));
                }
            }
        }
        similar.sort(Comparator.comparingDouble(CampaignDay.Similar::likeness)
                .reversed()
                .thenComparing(CampaignDay.Similar::campaign));
        return similar.subList(0, Math.min(CampaignDay.MOST_SIMILAR, similar.size()));
    }
}

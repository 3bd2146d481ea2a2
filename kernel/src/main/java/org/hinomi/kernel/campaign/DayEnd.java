package org.hinomi.kernel.campaign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hinomi.kernel.address.IpAddress;

/** Ends a day once each source's campaign is set: what became of each campaign, and the report. */
final class DayEnd {
    private final LocalDate date;
    private final long day;
    private final SortedMap<String, CampaignState> states;
    private final Grouping grouping;
    private final int leastMembers;
    private final Dossier dossier;
    private final List<Campaign> campaigns = new ArrayList<>();
    private final List<CampaignDay> days = new ArrayList<>();

    DayEnd(LocalDate date, SortedMap<String, CampaignState> states, Grouping grouping, int leastMembers, long began) {
        this.date = date;
        this.day = date.toEpochDay();
        this.states = states;
        this.grouping = grouping;
        this.leastMembers = leastMembers;
        this.dossier = new Dossier(date, states.values(), began);
    }

    /**
     * The report.
     *
     * @param looked sources of the window that are looked at
     * @param today what they and others did today
     * @param before the campaign that each was in before the day
     * @param active members that each campaign had on the day before
     * @param dropped sources left out
     */
    CampaignReport report(
            List<KnownSource> looked,
            Map<IpAddress, SourceDay> today,
            Map<KnownSource, String> before,
            Map<String, Integer> active,
            int dropped) {
        Map<String, List<Dossier.Member>> members = new TreeMap<>();
        Map<String, List<Profile>> behaviours = new HashMap<>();
        int seen = 0;
        for (KnownSource source : looked) {
            SourceDay did = today.get(source.address);
            Profile profile = grouping.profile(source);
            behaviours
                    .computeIfAbsent(source.campaign, any -> new ArrayList<>())
                    .add(profile);
            if (did != null) {
                seen++;
                boolean joined = !source.campaign.equals(before.get(source));
                members.computeIfAbsent(source.campaign, any -> new ArrayList<>())
                        .add(new Dossier.Member(source, did, profile, joined));
            }
        }
        Set<CampaignState> told = step(members, behaviours);
        states.values().removeIf(state -> state.first == day && !state.isSeen());
        told.removeIf(state -> state.first == day && !state.isSeen());
        for (CampaignState state : told) {
            List<Dossier.Member> own = members.getOrDefault(state.id, List.of());
            int stayed = (int) own.stream()
                    .filter(each -> each.source().campaignDay == day && !each.joined())
                    .count();
            int left = Math.max(0, active.getOrDefault(state.id, 0) - stayed);
            campaigns.add(state.campaign());
            days.add(
                    state.isSeen()
                            ? dossier.seen(state, others(state), own, left, outside(state, members))
                            : dossier.silent(state, others(state), left));
        }
        int inCampaigns = days.stream().mapToInt(CampaignDay::size).sum();
        return new CampaignReport(date, campaigns, days, seen, seen - inCampaigns, today.size() - seen, dropped);
    }

    /** Moves each campaign on by a day; the answer is those that there is something to tell of, by id. */
    private Set<CampaignState> step(Map<String, List<Dossier.Member>> members, Map<String, List<Profile>> behaviours) {
        Set<CampaignState> told = new LinkedHashSet<>();
        Set<String> joinedInto = new HashSet<>();
        for (CampaignState state : states.values()) {
            if (state.isOver() && state.overSince == day) {
                joinedInto.add(state.into);
                told.add(state);
            }
        }
        for (CampaignState state : states.values()) {
            if (!state.isOver()) {
                List<Dossier.Member> own = members.getOrDefault(state.id, List.of());
                if (state.step(day, own, leastMembers, joinedInto.contains(state.id))) {
                    told.add(state);
                }
                List<Profile> all = behaviours.get(state.id);
                if (all != null && state.isSeen()) {
                    state.profile = Profile.common(all);
                }
            }
        }
        return told.stream()
                .sorted(Comparator.comparing(state -> state.id))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The campaigns that went into one today, that it went into, came out of, or that came out of it today. */
    private List<String> others(CampaignState state) {
        List<String> others = new ArrayList<>();
        for (CampaignState other : states.values()) {
            boolean wentIn = other.isOver() && other.overSince == day && other.into.equals(state.id);
            boolean cameOut = other.first == day && other.parents.contains(state.id);
            if (wentIn || cameOut) {
                others.add(other.id);
            }
        }
        if (state.isOver()) {
            others.add(state.into);
        }
        if (state.first == day) {
            others.addAll(state.parents);
        }
        return others;
    }

    private static List<Profile> outside(CampaignState state, Map<String, List<Dossier.Member>> members) {
        return members.entrySet().stream()
                .filter(each -> !each.getKey().equals(state.id))
                .flatMap(each -> each.getValue().stream())
                .map(Dossier.Member::profile)
                .toList();
    }
}

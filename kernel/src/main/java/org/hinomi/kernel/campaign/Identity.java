package org.hinomi.kernel.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which group of a day is which campaign. A campaign goes on in the group that holds most of its members. What a source
 * was in before, it stays in, unless it behaves otherwise: a day on which two groups are seen as one does not make them
 * one, and one on which a group falls apart makes no new campaign of a part that does the same as before.
 */
final class Identity {
    /** Which part of what was there before must be common to a campaign and its group. */
    private static final double CLAIM = 0.3;

    /** Which part of a group must have been in a campaign for the group to be a part of it. */
    private static final double HALF = 0.5;

    /** The distance up to which a source stays in its campaign. */
    private static final double STAY = 0.8;

    /** The distance up to which two campaigns that are one group can't be told apart. */
    private static final double NEAR = 0.2;

    /** Days in a row on which they can't be told apart before they are one. */
    private static final int NEAR_DAYS = 3;

    /** Days in which a campaign grows as a new one does. */
    private static final int YOUNG_DAYS = 3;

    /** How far the number of new members must be above what is usual, in deviations of Poisson. */
    private static final double DEVIATIONS = 4;

    /** How much a day weighs in what is usual. */
    private static final double LATELY = 0.3;

    private final SortedMap<String, CampaignState> states;
    private final Grouping grouping;
    private final long day;
    private final int leastMembers;

    private record Claim(int group, CampaignState campaign, int common) {}

    Identity(SortedMap<String, CampaignState> states, Grouping grouping, long day, int leastMembers) {
        this.states = states;
        this.grouping = grouping;
        this.day = day;
        this.leastMembers = leastMembers;
    }

    /** Sets the campaign of each source that is looked at; new campaigns are added to the states. */
    void settle(List<KnownSource> sources) {
        Map<KnownSource, String> next = new HashMap<>();
        List<SortedMap<CampaignState, Integer>> votes = new ArrayList<>();
        grouping.groups().forEach(group -> votes.add(votes(group)));
        Map<Integer, CampaignState> owners = owners(votes, held(sources));
        for (int i = 0; i < votes.size(); i++) {
            List<KnownSource> group = grouping.groups().get(i);
            SortedMap<CampaignState, Integer> vote = votes.get(i);
            CampaignState owner = owners.containsKey(i) ? owners.get(i) : newcomer(group, vote, owners);
            if (owner != null) {
                merge(owner, vote);
                CampaignState wave = wave(group, owner, vote);
                group.forEach(source -> next.put(
                        source, wave != null && source.campaign.isEmpty() ? wave.id : inGroup(source, owner, vote)));
            }
        }
        for (KnownSource source : sources) {
            String campaign = next.containsKey(source) ? next.getOrDefault(source, "") : alone(source);
            source.campaign = campaign;
            source.campaignDay = !campaign.isEmpty() && source.lastDay == day ? day : source.campaignDay;
        }
    }

    /** Those who come to a campaign that is some days old, if they are far more than came of late: a new one. */
    private @Nullable CampaignState wave(
            List<KnownSource> group, CampaignState owner, SortedMap<CampaignState, Integer> votes) {
        List<KnownSource> comers = group.stream()
                .filter(source -> source.lastDay == day && source.campaign.isEmpty())
                .toList();
        boolean young = owner.first > day - YOUNG_DAYS
                || votes.keySet().stream()
                        .anyMatch(other ->
                                other.first > day - YOUNG_DAYS && votes.getOrDefault(other, 0) >= leastMembers);
        double usual = owner.arrivals + DEVIATIONS * Math.sqrt(owner.arrivals);
        if (!young && comers.size() >= leastMembers + usual) {
            return born(comers, common(comers), List.of());
        }
        owner.arrivals += LATELY * (comers.size() - owner.arrivals);
        return null;
    }

    private CampaignState born(List<KnownSource> group, Profile profile, List<String> parents) {
        CampaignState born = CampaignNames.born(day, group, profile, parents, states);
        states.put(born.id, born);
        return born;
    }

    private Map<CampaignState, Integer> held(List<KnownSource> sources) {
        Map<CampaignState, Integer> held = new HashMap<>();
        for (KnownSource source : sources) {
            CampaignState state = remembered(source);
            if (state != null) {
                held.merge(state, 1, Integer::sum);
            }
        }
        return held;
    }

    private @Nullable CampaignState remembered(KnownSource source) {
        CampaignState state = source.campaign.isEmpty() ? null : states.get(source.campaign);
        return state == null || state.isOver() ? null : state;
    }

    private SortedMap<CampaignState, Integer> votes(List<KnownSource> group) {
        SortedMap<CampaignState, Integer> votes = new TreeMap<>(Comparator.comparing(state -> state.id));
        for (KnownSource source : group) {
            CampaignState state = remembered(source);
            if (state != null) {
                votes.merge(state, 1, Integer::sum);
            }
        }
        return votes;
    }

    private Map<Integer, CampaignState> owners(
            List<SortedMap<CampaignState, Integer>> votes, Map<CampaignState, Integer> held) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < votes.size(); i++) {
            long old = grouping.groups().get(i).stream()
                    .filter(s -> s.onset < day * 86_400)
                    .count();
            for (Entry<CampaignState, Integer> vote : votes.get(i).entrySet()) {
                int common = vote.getValue();
                if (common >= CLAIM * old && common >= CLAIM * held.getOrDefault(vote.getKey(), 0)) {
                    claims.add(new Claim(i, vote.getKey(), common));
                }
            }
        }
        claims.sort(Comparator.comparingInt(Claim::common)
                .reversed()
                .thenComparingLong(claim -> claim.campaign.first)
                .thenComparing(claim -> claim.campaign.id));
        Map<Integer, CampaignState> owners = new LinkedHashMap<>();
        for (Claim claim : claims) {
            if (!owners.containsKey(claim.group) && !owners.containsValue(claim.campaign)) {
                owners.put(claim.group, claim.campaign);
            }
        }
        return owners;
    }

    private Profile common(List<KnownSource> group) {
        return Profile.common(group.stream().map(grouping::profile).toList());
    }

    /** A group that no campaign goes on in: a part of one, a part that does something else now, or a new one. */
    private @Nullable CampaignState newcomer(
            List<KnownSource> group, SortedMap<CampaignState, Integer> votes, Map<Integer, CampaignState> owners) {
        Profile profile = common(group);
        List<String> parents = new ArrayList<>();
        for (Entry<CampaignState, Integer> vote : votes.entrySet()) {
            if (vote.getValue() >= HALF * group.size()) {
                if (Likeness.distance(profile, rest(vote.getKey(), owners)) <= STAY) {
                    return vote.getKey();
                }
                parents.add(vote.getKey().id);
            }
        }
        long active = group.stream().filter(source -> source.lastDay == day).count();
        if (active < leastMembers) {
            return null;
        }
        return born(group, profile, parents);
    }

    /** What is common to the group in which a campaign goes on; what was common to its members when there is none. */
    private Profile rest(CampaignState campaign, Map<Integer, CampaignState> owners) {
        for (Entry<Integer, CampaignState> owner : owners.entrySet()) {
            if (owner.getValue() == campaign) {
                return common(grouping.groups().get(owner.getKey()));
            }
        }
        return campaign.profile;
    }

    private void merge(CampaignState owner, SortedMap<CampaignState, Integer> votes) {
        for (CampaignState other : votes.keySet()) {
            if (other != owner && votes.get(other) >= leastMembers / 2) {
                boolean near = Likeness.distance(other.profile, owner.profile) <= NEAR;
                other.nearDays = !near ? 0 : other.near.equals(owner.id) ? other.nearDays + 1 : 1;
                other.near = near ? owner.id : "";
                if (other.nearDays >= NEAR_DAYS) {
                    other.absorbed(day, owner.id);
                }
            }
        }
    }

    private String inGroup(KnownSource source, CampaignState owner, SortedMap<CampaignState, Integer> votes) {
        Profile profile = grouping.profile(source);
        CampaignState before = remembered(source);
        if (before != null && owner.first == day && owner.parents.contains(before.id)) {
            return owner.id;
        }
        if (before != null && Likeness.distance(profile, before.profile) <= STAY) {
            return before.id;
        }
        CampaignState best = owner;
        for (Entry<CampaignState, Integer> vote : votes.entrySet()) {
            CampaignState other = vote.getKey();
            if (!other.isOver()
                    && vote.getValue() >= leastMembers
                    && Likeness.distance(profile, other.profile) < Likeness.distance(profile, best.profile)) {
                best = other;
            }
        }
        return best.id;
    }

    private String alone(KnownSource source) {
        CampaignState before = remembered(source);
        return before != null && Likeness.distance(grouping.profile(source), before.profile) <= STAY ? before.id : "";
    }
}

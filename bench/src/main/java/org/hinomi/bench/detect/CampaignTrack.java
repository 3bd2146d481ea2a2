package org.hinomi.bench.detect;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import org.hinomi.bench.detect.Truth.Group;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.campaign.CampaignDay;
import org.hinomi.kernel.campaign.CampaignReport;
import org.hinomi.kernel.campaign.CampaignSettings;
import org.hinomi.kernel.campaign.Campaigns;
import org.hinomi.kernel.campaign.SourceDay;
import org.hinomi.kernel.campaign.SourceDays;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.flow.FlowRow;

/** Campaigns of a month, day by day, against who was set up together. */
final class CampaignTrack {
    private static final long DAY = 86_400;
    private static final int LEAST_PACKETS = CampaignSettings.DEFAULT.leastPackets();
    private static final int LEAST_MEMBERS = CampaignSettings.DEFAULT.leastMembers();

    private final List<Fingerprint> rules;
    private final Origin origin;
    private final Campaigns campaigns = new Campaigns(CampaignSettings.DEFAULT);
    private final List<Today> days = new ArrayList<>();
    private final Set<Long> senders = new HashSet<>();
    private final Set<String> ids = new HashSet<>();
    private SourceDays builder;
    private double longest;

    /** Who was there on a day, and in which campaign. */
    private record Today(Set<Long> active, Map<Long, String> found) {}

    CampaignTrack(long start, List<Fingerprint> rules, Reference reference) {
        this.rules = rules;
        this.origin = new Origin() {
            @Override
            public int country(long hi, long lo) {
                return reference.country(hi, lo, start);
            }

            @Override
            public long asn(long hi, long lo) {
                return reference.network(hi, lo, start);
            }
        };
        this.builder = builder(start / DAY);
    }

    private SourceDays builder(long day) {
        return new SourceDays(day, CampaignSettings.DEFAULT.mostSources(), Air.DARK, rules);
    }

    void add(FlowRow row) {
        builder.add(row);
    }

    /** Ends a minute, and a day with its last one. */
    void end(long minute) {
        if ((minute + 60) % DAY != 0) {
            return;
        }
        List<SourceDay> sources = builder.list(origin);
        double time = DetectBench.cpu();
        CampaignReport report = campaigns.apply(LocalDate.ofEpochDay(minute / DAY), sources);
        longest = Math.max(longest, DetectBench.cpu() - time);
        Today today = new Today(new HashSet<>(), new HashMap<>());
        for (SourceDay source : sources) {
            today.active.add(number(source.address()));
            if (source.packets() >= LEAST_PACKETS) {
                senders.add(number(source.address()));
            }
        }
        for (CampaignDay day : report.days()) {
            ids.add(day.campaign());
            day.members().forEach(member -> today.found.put(number(member), day.campaign()));
        }
        days.add(today);
        builder = builder((minute + 60) / DAY);
    }

    private static long number(IpAddress address) {
        return Integer.toUnsignedLong(address.v4());
    }

    void report(List<Group> groups) {
        Map<Long, String> truth = new HashMap<>();
        groups.forEach(group -> group.members().keySet().forEach(member -> truth.put(member, group.name())));
        Map<Long, String> found = mostly(days);
        Map<Long, String> all = new HashMap<>(truth);
        senders.forEach(sender -> all.putIfAbsent(sender, "nobody " + sender));
        int kept = 0;
        int chances = 0;
        System.out.printf("%n%-16s %8s %10s %10s %18s%n", "campaign", "members", "clustered", "days", "identity kept");
        for (Group group : groups) {
            int[] identity = identity(group.members().keySet());
            kept += identity[0];
            chances += identity[1];
            long clustered =
                    group.members().keySet().stream().filter(found::containsKey).count();
            System.out.printf(
                    "%-16s %8d %10d %10d %18d%n",
                    group.name(), group.members().size(), clustered, identity[1], identity[0]);
        }
        System.out.printf(
                Locale.ROOT,
                "campaigns: ARI of members %.3f, day by day %.3f, of all sources %.3f; identity kept on %d of %d days"
                        + " (%.3f); %d campaigns; %d of %d other sources in one; longest day %.2f s%n",
                Agreement.adjustedRand(truth, found),
                dayByDay(truth),
                Agreement.adjustedRand(all, found),
                kept,
                chances,
                chances == 0 ? 1 : (double) kept / chances,
                ids.size(),
                found.keySet().stream()
                        .filter(source -> !truth.containsKey(source))
                        .count(),
                all.size() - truth.size(),
                longest);
    }

    /** The campaign that each source was in on most days. */
    private static Map<Long, String> mostly(List<Today> days) {
        Map<Long, Map<String, Integer>> counts = new HashMap<>();
        days.forEach(today -> today.found.forEach((source, campaign) ->
                counts.computeIfAbsent(source, any -> new TreeMap<>()).merge(campaign, 1, Integer::sum)));
        Map<Long, String> mostly = new HashMap<>();
        counts.forEach((source, count) -> mostly.put(source, foremost(count)));
        return mostly;
    }

    private static String foremost(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Entry::getValue))
                .map(Entry::getKey)
                .orElse("");
    }

    /** The mean over the days on which members of two groups or more are there. */
    private double dayByDay(Map<Long, String> truth) {
        return days.stream()
                .mapToDouble(today -> {
                    Map<Long, String> members = new HashMap<>(truth);
                    members.keySet().retainAll(today.active);
                    return new HashSet<>(members.values()).size() < 2
                            ? Double.NaN
                            : Agreement.adjustedRand(members, today.found);
                })
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(1);
    }

    /** Days after the first with a campaign on which most of a group are in the one of the day before; and all of them. */
    private int[] identity(Set<Long> members) {
        String before = "";
        int kept = 0;
        int chances = 0;
        for (Today today : days) {
            if (members.stream().filter(today.active::contains).count() < LEAST_MEMBERS) {
                continue;
            }
            Map<String, Integer> counts = new TreeMap<>();
            members.stream()
                    .filter(today.found::containsKey)
                    .forEach(member -> counts.merge(today.found.getOrDefault(member, ""), 1, Integer::sum));
            String now = foremost(counts);
            if (!before.isEmpty()) {
                chances++;
                kept += now.equals(before) ? 1 : 0;
            }
            before = now.isEmpty() ? before : now;
        }
        return new int[] {kept, chances};
    }
}

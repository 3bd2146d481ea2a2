package org.hinomi.bench.detect;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hinomi.bench.detect.Truth.Group;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.detect.FieldValue;

/** Groups that belong together against those that were told, and against the ports that were told to surge. */
final class Groups {
    private static final int SMALL = 20;
    private static final int LEAST_COMMON = 3;

    private final List<Group> groups;
    private final List<Told> told;
    private final List<Told> surges;

    /** Something told: when, of whom, and of which port. */
    private record Told(long at, long last, Set<Long> members, long port) {
        boolean isOfPort(Group group) {
            return group.ports().contains((int) port);
        }

        /** Whether half of those that are named, and at least three, are of a group. */
        boolean isOf(Group group) {
            long common = members.stream().filter(group.members()::containsKey).count();
            return common >= LEAST_COMMON && common * 2 >= members.size();
        }
    }

    Groups(List<Group> groups, Collection<Finding> findings) {
        this.groups = groups;
        this.told = findings.stream()
                .filter(each -> Set.of("sync", "port_sync").contains(each.last().detector()))
                .map(each -> new Told(each.told(), each.last().last(), members(each), each.whole("port")))
                .toList();
        this.surges = findings.stream()
                .filter(each -> each.last().detector().equals("port_surge"))
                .map(each -> new Told(each.told(), each.last().last(), Set.of(), port(each.text("what"))))
                .toList();
    }

    private static Set<Long> members(Finding finding) {
        return finding.last().field("members").orElse(null) instanceof FieldValue.Names names
                ? names.values().stream()
                        .filter(name -> !name.contains(":"))
                        .map(name -> Prefix.parse(name + "/32").network().lo() & ~IpAddress.V4_PREFIX)
                        .collect(Collectors.toSet())
                : new HashSet<>();
    }

    private static long port(String what) {
        return Long.parseLong(what.substring(what.indexOf('/') + 1));
    }

    void report(double days) {
        System.out.printf("%n%-16s %8s %18s %18s%n", "group", "members", "told at member", "surge at member");
        int found = 0;
        int early = 0;
        int earlier = 0;
        for (Group group : groups) {
            long at = first(told.stream().filter(each -> each.isOf(group)).toList(), group);
            long surge = first(
                    surges.stream().filter(each -> each.isOfPort(group)).toList(), group);
            found += at < Long.MAX_VALUE ? 1 : 0;
            early += at < Long.MAX_VALUE && begun(group, at) < SMALL ? 1 : 0;
            earlier += at < surge ? 1 : 0;
            System.out.printf(
                    "%-16s %8d %18s %18s%n",
                    group.name(), group.members().size(), place(group, at), place(group, surge));
        }
        long wrong = told.stream()
                .filter(each -> groups.stream().noneMatch(each::isOf))
                .count();
        long wrongSurges = surges.stream()
                .filter(each -> groups.stream().noneMatch(group -> isDuring(each, group)))
                .count();
        System.out.printf(
                Locale.ROOT,
                "%d groups: %d found, %d before member %d, %d earlier than a surge; false alarms a day: groups %.2f of %.2f,"
                        + " surges %.2f of %.2f%n",
                groups.size(),
                found,
                early,
                SMALL,
                earlier,
                wrong / days,
                told.size() / days,
                wrongSurges / days,
                surges.size() / days);
    }

    /** Groups that were told as groups. */
    Score told(String name) {
        Score score = new Score(name);
        groups.forEach(group -> judge(
                score, group, told.stream().filter(each -> each.isOf(group)).toList()));
        told.forEach(each -> score.told(groups.stream().anyMatch(each::isOf)));
        return score;
    }

    /** Groups whose port was told to surge. */
    Score surged(String name) {
        Score score = new Score(name);
        groups.forEach(group -> judge(
                score, group, surges.stream().filter(each -> each.isOfPort(group)).toList()));
        surges.forEach(each -> score.told(groups.stream().anyMatch(group -> isDuring(each, group))));
        return score;
    }

    private static void judge(Score score, Group group, List<Told> of) {
        long at = first(of, group);
        if (at == Long.MAX_VALUE) {
            score.missed();
        } else {
            score.found(at - first(group));
        }
    }

    private static boolean isDuring(Told surge, Group group) {
        return surge.isOfPort(group) && !group.members().isEmpty() && surge.last > first(group);
    }

    private static long first(Group group) {
        return group.members().values().stream()
                .mapToLong(Long::longValue)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** When it was first told, of what was told after the group began. */
    private static long first(List<Told> told, Group group) {
        return told.stream()
                .filter(each -> each.last > first(group))
                .mapToLong(each -> Math.max(each.at, first(group)))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static long begun(Group group, long at) {
        return group.members().values().stream().filter(first -> first < at).count();
    }

    private static String place(Group group, long at) {
        return at == Long.MAX_VALUE ? "-" : Long.toString(begun(group, at));
    }
}

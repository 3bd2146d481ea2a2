package org.hinomi.kernel.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hinomi.kernel.campaign.Attribution.Evidence;
import org.hinomi.kernel.campaign.Attribution.Statement;
import org.hinomi.kernel.packet.IpProtocol;

/**
 * What may be said of who is behind a campaign. The signs: a tool's mark ({@code family}) and one window and length
 * ({@code fields}) speak for one tool; that nearly nobody else asks for the port ({@code ports}), that most came within
 * two days ({@code onset}) and that most are of one network ({@code networks}) speak for common control; that others do
 * the same ({@code background}) speaks against it.
 */
final class Attributions {
    private static final double NEARLY_ALL = 0.9;
    private static final double MOST = 0.8;
    private static final double HALF = 0.5;
    private static final double FEW = 0.01;
    private static final double MANY = 0.05;
    private static final double ONSET_DAYS = 1;

    private Attributions() {}

    /**
     * Judges a campaign.
     *
     * @param members its members of the day, at least one
     * @param behaviours their behaviour
     * @param common what is common to them
     * @param others behaviours of the day's sources that are not in it
     * @param cohesion how alike the members are, 0 to 1
     * @param onsetKnown whether it is known when they came: they were not there when watching began
     */
    static Attribution judge(
            List<SourceDay> members,
            List<Profile> behaviours,
            Profile common,
            List<Profile> others,
            double cohesion,
            boolean onsetKnown) {
        double family = common.family().isEmpty()
                ? 0
                : part(behaviours, each -> each.family().equals(common.family()));
        double fields = foremost(
                        members,
                        each -> each.window().value() + "/" + each.length().value())
                .share;
        Foremost network = foremost(members, each -> Long.toString(each.asn()));
        double onset = onsetKnown ? part(behaviours, each -> Math.abs(each.onset() - common.onset()) <= ONSET_DAYS) : 0;
        double same = part(others, each -> each.foremost() == common.foremost());
        double alike = part(
                others,
                each -> each.foremost() == common.foremost() && each.family().equals(common.family()));
        int service = common.foremost();
        boolean ownPort = same <= FEW && part(behaviours, each -> each.affinity(common) >= HALF) >= MOST;
        boolean oneNetwork = network.share >= HALF && !network.value.equals("0");
        List<Evidence> evidence = new ArrayList<>();
        add(evidence, "family", family >= NEARLY_ALL, family, common.family());
        add(evidence, "fields", fields >= MOST, fields, "");
        add(evidence, "ports", ownPort, 1 - same, IpProtocol.name(service >>> 16) + "/" + (service & 0xffff));
        add(evidence, "onset", onset >= MOST, onset, "");
        add(evidence, "networks", oneNetwork, network.share, network.value);
        boolean crowd = alike > MANY;
        if (crowd) {
            evidence.add(new Evidence("background", false, alike, ""));
        }
        boolean tool = family >= NEARLY_ALL || fields >= MOST;
        if (!crowd && onset >= MOST && (ownPort || oneNetwork)) {
            return new Attribution(Statement.COMMON_CONTROL, tool ? Confidence.MODERATE : Confidence.LOW, evidence);
        }
        if (tool) {
            return new Attribution(
                    Statement.SAME_TOOL, family >= NEARLY_ALL ? Confidence.HIGH : Confidence.LOW, evidence);
        }
        Confidence sure = cohesion < HALF ? Confidence.NONE : crowd ? Confidence.LOW : Confidence.MODERATE;
        return new Attribution(Statement.SAME_BEHAVIOUR, sure, evidence);
    }

    private static void add(List<Evidence> evidence, String key, boolean holds, double value, String detail) {
        if (holds) {
            evidence.add(new Evidence(key, true, value, detail));
        }
    }

    private record Foremost(String value, double share) {}

    private static Foremost foremost(List<SourceDay> members, Function<SourceDay, String> of) {
        Map<String, Long> counts =
                members.stream().collect(Collectors.groupingBy(of, TreeMap::new, Collectors.counting()));
        Map.Entry<String, Long> most = counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow();
        return new Foremost(most.getKey(), (double) most.getValue() / members.size());
    }

    private static double part(List<Profile> profiles, Predicate<Profile> test) {
        return profiles.isEmpty() ? 0 : (double) profiles.stream().filter(test).count() / profiles.size();
    }
}

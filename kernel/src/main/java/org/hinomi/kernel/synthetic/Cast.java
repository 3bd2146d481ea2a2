package org.hinomi.kernel.synthetic;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;

/** Who takes part in a recording: how many sources of each family, their places in one numbering, the attacks. */
final class Cast {
    private static final double SKEW = 1.1;
    private static final double SKEW_OF_FEW = 0.5;
    private static final int FEW = 600;

    final long seed;
    final List<Attack> attacks;
    final double[] weights = new double[Family.values().length];
    private final int[] first = new int[Family.values().length + 1];
    private final int[] firstOfMix = new int[Family.values().length];
    private final Zipf[] ranks = new Zipf[Family.values().length];
    private final SourceAddresses addresses;

    Cast(TrafficPlan plan, DarkAddresses dark) {
        seed = plan.seed();
        addresses = new SourceAddresses(plan.seed(), plan.darknet());
        boolean attacked = plan.profile().backscatter > 0 && dark.hasV4();
        attacks = attacked ? Attack.plan(plan.seed(), plan.startNanos(), plan.durationNanos()) : List.of();
        double sum = 0;
        for (Family family : Family.values()) {
            boolean takesPart = family.ipv6() ? dark.hasV6() : dark.hasV4();
            weights[family.ordinal()] = takesPart ? family.share(plan.profile()) : 0;
            sum += weights[family.ordinal()];
        }
        Map<Mix, Integer> used = new EnumMap<>(Mix.class);
        int usedV6 = 0;
        int sources = 0;
        for (Family family : Family.values()) {
            int f = family.ordinal();
            weights[f] *= (1 - (attacked ? plan.profile().backscatter : 0)) / sum;
            int count = weights[f] == 0 ? 0 : family.sources(weights[f] * plan.packets());
            first[f] = sources;
            sources += count;
            firstOfMix[f] = family.ipv6() ? usedV6 : used.getOrDefault(family.mix, 0);
            if (family.ipv6()) {
                usedV6 += count;
            } else {
                used.merge(family.mix, count, Integer::sum);
            }
            ranks[f] = new Zipf(Math.max(count, 1), count <= FEW ? SKEW_OF_FEW : SKEW);
        }
        first[first.length - 1] = sources;
    }

    /** All sources, victims of attacks among them. */
    int sources() {
        return victim(attacks.size());
    }

    /** The number of a victim among all sources. */
    int victim(int attack) {
        return first[first.length - 1] + attack;
    }

    /** The number among all sources of a family's first. */
    int first(Family family) {
        return first[family.ordinal()];
    }

    /** How many sources of a family there are. */
    int count(Family family) {
        return first[family.ordinal() + 1] - first[family.ordinal()];
    }

    /** Draws a source of a family; the answer is its number in the family. */
    int draw(Family family, SplitMix random) {
        return ranks[family.ordinal()].next(random);
    }

    long traits(int source) {
        return SplitMix.of(seed, source);
    }

    /** The number of a source among those that share a way to get an address. */
    int numberOfMix(Family family, int inFamily) {
        return firstOfMix[family.ordinal()] + inFamily;
    }

    /** The IPv4 address of a source by its number in its mix. */
    int v4(Mix mix, int numberOfMix) {
        return addresses.address(mix, numberOfMix);
    }

    /** The address of a source. */
    IpAddress address(Family family, int inFamily) {
        int number = numberOfMix(family, inFamily);
        return family.ipv6() ? SourceAddresses.v6(seed, number) : IpAddress.v4(v4(family.mix, number));
    }

    /** The country of a source's block, or {@code ??}. */
    String country(Family family, int inFamily) {
        return family.ipv6() ? "??" : addresses.country(family.mix, numberOfMix(family, inFamily));
    }

    /** The country of a victim's block. */
    String country(Attack attack) {
        return addresses.country(Mix.VICTIMS, attack.number());
    }
}

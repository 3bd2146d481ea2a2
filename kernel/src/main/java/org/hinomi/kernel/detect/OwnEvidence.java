package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the packets of a machine show.
 *
 * @param grade how well they show that it scans
 * @param cause what most likely makes it send
 * @param signs what speaks for one machine that really sends, of {@code packets minutes spread tool ttl alike timing}
 * @param against what speaks for forged packets, of {@code ttl_scattered unrelated}
 */
record OwnEvidence(OwnGrade grade, OwnCause cause, List<String> signs, List<String> against) {
    private static final int TCP_SYSLOG = 514;
    /** UDP ports of servers that machines are told of by hand: DNS, DHCP, NTP, NetBIOS, SNMP, syslog, RADIUS, flows. */
    private static final Set<Integer> SERVICES =
            Set.of(53, 67, 123, 137, 138, 161, 162, 514, 1812, 1813, 2055, 4739, 6343, 9995, 9996);

    private static final int FEW = 3;
    private static final int SIGNS_POSSIBLE = 2;
    private static final int SIGNS_PROBABLE = 4;
    private static final int SIGNS_SLOW = 5;
    private static final int MANY = 10;
    private static final int SIGNS_STRONG = 6;
    private static final int STRONG_MINUTES = 10;

    /**
     * From when on there is enough.
     *
     * @param packets for the sign of this name
     * @param minutes for the sign of this name
     * @param strong packets for the highest grade
     * @param weak lanes of rules that name no tool, one bit each
     */
    record Bars(long packets, long minutes, long strong, int weak) {}

    /**
     * Weighs what is known of a machine.
     *
     * @param dark IPv4 addresses of the stream that are dark; 0 when unknown
     */
    static OwnEvidence of(OwnState state, Bars bars, long dark) {
        List<String> signs = signs(state, bars);
        List<String> against = against(state);
        OwnCause cause = cause(state, signs.contains("tool"), dark);
        return new OwnEvidence(grade(state, signs, against, cause, bars), cause, signs, against);
    }

    private static List<String> signs(OwnState state, Bars bars) {
        List<String> signs = new ArrayList<>();
        if (state.packets >= bars.packets) {
            signs.add("packets");
        }
        if (state.minutes >= bars.minutes) {
            signs.add("minutes");
        }
        long destinations = state.destinations();
        long ports = state.ports();
        if (destinations >= FEW || ports >= FEW || destinations == 2 && ports == 2) {
            signs.add("spread");
        }
        if (state.usesTool(bars.weak)) {
            signs.add("tool");
        }
        if (state.ttls().steady(state.packets) && state.ttls().plausible()) {
            signs.add("ttl");
        }
        if (isAlike(state)) {
            signs.add("alike");
        }
        if (state.isTimed()) {
            signs.add("timing");
        }
        return signs;
    }

    private static List<String> against(OwnState state) {
        List<String> against = new ArrayList<>();
        if (state.ttls().scattered(state.packets)) {
            against.add("ttl_scattered");
        }
        if (state.packets >= FEW && state.ports() >= state.packets && !state.isTimed()) {
            against.add("unrelated");
        }
        return against;
    }

    /** Whether they go to few ports for their number: half as many, and of three to five packets two at most. */
    private static boolean isAlike(OwnState state) {
        return state.packets >= FEW && state.ports() <= Math.max(2, state.packets / 2);
    }

    private static OwnCause cause(OwnState state, boolean tool, long dark) {
        if (state.backscatter() * 2 > state.packets) {
            return OwnCause.BACKSCATTER;
        }
        if (state.packets < FEW) {
            return OwnCause.UNCLEAR;
        }
        if (!tool && (isMisconfigured(state, dark) || isPeer(state))) {
            return OwnCause.MISCONFIGURATION;
        }
        boolean open = state.packets < MANY && mayBePeer(state);
        return state.scanning() * 2 > state.packets && !open ? OwnCause.SCAN : OwnCause.UNCLEAR;
    }

    /** One address and port only; where there are few dark addresses at all, that says nothing. */
    private static boolean isMisconfigured(OwnState state, long dark) {
        boolean oneService = state.ports() <= 1;
        boolean few = state.destinations() == 1 && (dark == 0 || dark > FEW);
        boolean known = state.destinations() <= FEW && isService(state.share());
        return oneService && (few || known);
    }

    /**
     * Whether it looks for peers of file sharing or a game who moved: by UDP, at many ports for its packets, or at the
     * same addresses again and again, each with its port. Who scans by UDP asks many addresses at a few ports.
     */
    private static boolean isPeer(OwnState state) {
        long ports = state.ports();
        return mayBePeer(state)
                && state.packets >= MANY
                && (ports > Math.max(5, 0.4 * state.packets)
                        || ports > 2 * FEW && state.destinations() * 4 <= state.packets * 3);
    }

    /** Whether it sends UDP to more than two ports: with few packets that may be either. */
    private static boolean mayBePeer(OwnState state) {
        return state.udp() * 2 > state.packets && state.ports() > 2;
    }

    private static boolean isService(PortShare share) {
        String foremost = share.counts().isEmpty() ? "" : share.counts().firstKey();
        return foremost.startsWith("udp/") ? SERVICES.contains(share.foremost()) : share.foremost() == TCP_SYSLOG;
    }

    private static OwnGrade grade(OwnState state, List<String> signs, List<String> against, OwnCause cause, Bars bars) {
        if (cause == OwnCause.BACKSCATTER || state.packets < FEW || signs.size() < SIGNS_POSSIBLE) {
            return OwnGrade.UNPROVEN;
        }
        boolean tool = signs.contains("tool");
        boolean one = tool
                || against.isEmpty()
                        && (state.packets >= bars.strong || state.ttls().steady(state.packets));
        boolean slow = !tool && !signs.contains("timing") && state.packets < MANY;
        int needed = slow ? SIGNS_SLOW : SIGNS_PROBABLE;
        boolean enough = signs.size() >= needed && (tool || signs.contains("packets"));
        if (!one || !enough || cause != OwnCause.SCAN) {
            return OwnGrade.POSSIBLE;
        }
        boolean much = state.packets >= bars.strong && state.minutes >= STRONG_MINUTES;
        return much && signs.size() >= SIGNS_STRONG ? OwnGrade.STRONG : OwnGrade.PROBABLE;
    }
}

package org.hinomi.bench.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hinomi.kernel.flow.FlowRow;

/** What really happened: each sender's purpose, and the published definitions held against exact times. */
final class Truth {
    /** What a sender is about. */
    enum Intent {
        /** Looks for services. */
        SCAN,
        /** Answers a flood with forged sources. */
        VICTIM,
        /** A single packet with a forged source: it says nothing about the address it names. */
        FORGED,
        /** Means somebody else: a wrong setting, peers that moved. */
        MISTAKE
    }

    /** Something with a beginning and an end. */
    record Span(long source, int port, long first, long last, long packets) {
        boolean overlaps(long from, long to) {
            return first < to && last >= from;
        }
    }

    /** All of a source with one purpose. */
    static final class Sender {
        final Intent intent;
        final long first;
        long last;
        long packets;

        Sender(Intent intent, long first) {
            this.intent = intent;
            this.first = first;
        }
    }

    /** Who belongs together, when each began, and at which ports. */
    record Group(String name, TreeMap<Long, Long> members, Set<Integer> ports) {}

    private final Map<Long, List<ScanTrack>> open = new HashMap<>();
    private final Map<Long, AttackTrack> attacks = new HashMap<>();
    private final List<Span> scans = new ArrayList<>();
    private final List<Span> victims = new ArrayList<>();
    private final Map<Long, List<Sender>> senders = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();

    /** A group that is about to send. */
    Group group(String name) {
        Group group = new Group(name, new TreeMap<>(), new HashSet<>());
        groups.add(group);
        return group;
    }

    /** Notes a packet. */
    void sent(FlowRow row, long second, Intent intent) {
        if (intent == Intent.FORGED) {
            return;
        }
        long source = row.srcLo & 0xffff_ffffL;
        sender(source, intent, second);
        if (intent == Intent.SCAN) {
            track(source, row).add((int) row.dstLo, second, scans);
        } else if (intent == Intent.VICTIM) {
            attacks.computeIfAbsent(source, AttackTrack::new).add(second, victims);
        }
    }

    private void sender(long source, Intent intent, long second) {
        List<Sender> list = senders.computeIfAbsent(source, key -> new ArrayList<>(1));
        for (Sender sender : list) {
            if (sender.intent == intent) {
                sender.packets++;
                sender.last = Math.max(sender.last, second);
                return;
            }
        }
        Sender sender = new Sender(intent, second);
        sender.packets = 1;
        sender.last = second;
        list.add(sender);
    }

    private ScanTrack track(long source, FlowRow row) {
        int key = row.protocol << 16 | row.dstPort;
        List<ScanTrack> list = open.computeIfAbsent(source, any -> new ArrayList<>(1));
        for (ScanTrack track : list) {
            if (track.key == key) {
                return track;
            }
        }
        ScanTrack track = new ScanTrack(source, key);
        list.add(track);
        return track;
    }

    /** Ends what is open. */
    void end() {
        open.values().forEach(list -> list.forEach(track -> track.end(scans)));
        attacks.values().forEach(track -> track.end(victims));
    }

    /** Scan events. */
    List<Span> scans() {
        return scans;
    }

    /** Attacks. */
    List<Span> victims() {
        return victims;
    }

    /** Senders by source, but for forged ones. */
    Map<Long, List<Sender>> senders() {
        return senders;
    }

    /** Groups in the order in which they were made. */
    List<Group> groups() {
        return groups;
    }
}

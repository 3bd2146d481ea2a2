package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hinomi.kernel.address.AddressText;
import org.hinomi.kernel.flow.FlowRow;

/** A group that is on, with its members while they are few; beyond, those whose hashes are smallest, and their number. */
final class SyncGroup {
    private static final int MOST_MEMBERS = 1024;
    private static final int OBJECT_BYTES = 120;

    final long first;
    final boolean fast;
    long last;
    long reported = Long.MIN_VALUE;
    int revision;
    boolean changed;
    int methods;
    int blocks;
    double expected;
    double score = -1;
    int density;
    boolean sampled;
    private final TreeMap<Long, MemberRow> members = new TreeMap<>();
    private long left;

    SyncGroup(long first, boolean fast) {
        this.first = first;
        this.last = first;
        this.fast = fast;
    }

    /** Takes what a method sees of it. */
    void see(Cooperation seen, int method, double mean, double unlikely, long end) {
        methods |= 1 << method;
        if (unlikely > score) {
            blocks = seen.blocks();
            expected = mean;
            score = unlikely;
        }
        density = Math.max(density, seen.density());
        for (MemberRow row : seen.rows()) {
            if (members.putIfAbsent(row.hash, row.copy()) == null) {
                changed = true;
            }
            if (members.size() > MOST_MEMBERS) {
                members.pollLastEntry();
                left++;
            }
        }
        last = end;
    }

    long sources() {
        return members.size() + left;
    }

    List<String> names(int most) {
        return members.values().stream()
                .limit(most)
                .map(row -> AddressText.format(row.hi, row.lo))
                .toList();
    }

    SampledCounts countries(Context context) {
        SampledCounts counts = new SampledCounts();
        members.values().forEach(row -> counts.add(context.country(row.hi, row.lo), 1));
        return counts;
    }

    SampledCounts ports() {
        SampledCounts counts = new SampledCounts();
        members.values().forEach(row -> counts.add(row.port, 1));
        return counts;
    }

    SortedMap<String, Long> families(List<String> rules) {
        SortedMap<String, Long> families = new TreeMap<>();
        for (MemberRow row : members.values()) {
            for (int lane = 0; lane < Math.min(rules.size(), FlowRow.MOST_RULES); lane++) {
                if ((row.rules >>> lane & 1) != 0) {
                    families.merge(rules.get(lane), 1L, Long::sum);
                }
            }
        }
        return families;
    }

    long bytes() {
        return OBJECT_BYTES + members.size() * (MemberRow.BYTES + 64L);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeBoolean(fast);
        out.writeLong(last);
        out.writeLong(reported);
        out.writeInt(revision);
        out.writeBoolean(changed);
        out.writeInt(methods);
        out.writeInt(blocks);
        out.writeDouble(expected);
        out.writeDouble(score);
        out.writeInt(density);
        out.writeBoolean(sampled);
        out.writeLong(left);
        out.writeInt(members.size());
        for (MemberRow row : members.values()) {
            row.write(out);
        }
    }

    static SyncGroup read(DataInput in) throws IOException {
        SyncGroup group = new SyncGroup(in.readLong(), in.readBoolean());
        group.last = in.readLong();
        group.reported = in.readLong();
        group.revision = in.readInt();
        group.changed = in.readBoolean();
        group.methods = in.readInt();
        group.blocks = in.readInt();
        group.expected = in.readDouble();
        group.score = in.readDouble();
        group.density = in.readInt();
        group.sampled = in.readBoolean();
        group.left = in.readLong();
        int size = in.readInt();
        if (size < 0 || size > MOST_MEMBERS) {
            throw new IOException("a group has " + size + " members");
        }
        for (int i = 0; i < size; i++) {
            MemberRow row = MemberRow.read(in);
            group.members.put(row.hash, row);
        }
        return group;
    }
}

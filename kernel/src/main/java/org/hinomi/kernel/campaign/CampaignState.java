package org.hinomi.kernel.campaign;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** A campaign as it is remembered. */
final class CampaignState {
    private static final int MOST_PARENTS = 2;

    final String id;
    final String name;
    final long first;
    final List<String> parents;
    long last;
    Change state = Change.BORN;
    int days;
    int peak;
    int total;
    String into = "";

    /** What was common to its members when it was last seen. */
    Profile profile;

    /** Id of the campaign that it can't be told from; empty when there is none, and for how many days so. */
    String near = "";

    int nearDays;

    /** New members a day, of late. */
    double arrivals;

    /** The day on which it went into another one. */
    long overSince;

    CampaignState(String id, String name, long first, List<String> parents, Profile profile) {
        this.id = id;
        this.name = name;
        this.first = first;
        this.last = first;
        this.parents = List.copyOf(parents);
        this.profile = profile;
    }

    boolean isOver() {
        return state == Change.ABSORBED;
    }

    /** Whether it had members on the day that was worked through last. */
    boolean isSeen() {
        return state != Change.DORMANT && state != Change.ABSORBED;
    }

    Campaign campaign() {
        return new Campaign(
                id,
                name,
                LocalDate.ofEpochDay(first),
                LocalDate.ofEpochDay(last),
                state,
                days,
                peak,
                total,
                parents,
                into);
    }

    void absorbed(long day, String by) {
        state = Change.ABSORBED;
        overSince = day;
        into = by;
    }

    /**
     * Moves on by a day.
     *
     * @param members its members of the day
     * @param merged whether another one went into it
     * @return whether there is something to tell: it is seen, or is so no longer
     */
    boolean step(long day, List<Dossier.Member> members, int leastMembers, boolean merged) {
        if (members.size() < Math.max(1, leastMembers / 2)) {
            boolean news = state != Change.DORMANT;
            state = Change.DORMANT;
            return news;
        }
        if (first == day) {
            state = parents.isEmpty() ? Change.BORN : Change.SPLIT;
        } else if (merged) {
            state = Change.MERGED;
        } else {
            state = state == Change.DORMANT ? Change.RETURNED : Change.CONTINUED;
        }
        last = day;
        days++;
        peak = Math.max(peak, members.size());
        total += (int) members.stream().filter(Dossier.Member::joined).count();
        return true;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(id);
        out.writeUTF(name);
        out.writeLong(first);
        Stored.writeTexts(parents, out);
        profile.write(out);
        out.writeLong(last);
        out.writeByte(state.ordinal());
        out.writeInt(days);
        out.writeInt(peak);
        out.writeInt(total);
        out.writeUTF(into);
        out.writeUTF(near);
        out.writeInt(nearDays);
        out.writeDouble(arrivals);
        out.writeLong(overSince);
    }

    static CampaignState read(DataInput in) throws IOException {
        CampaignState state = new CampaignState(
                in.readUTF(), in.readUTF(), in.readLong(), Stored.readTexts(in, MOST_PARENTS), Profile.read(in));
        state.last = in.readLong();
        state.state = Change.values()[Stored.count(in.readUnsignedByte(), Change.values().length - 1, "changes")];
        state.days = in.readInt();
        state.peak = in.readInt();
        state.total = in.readInt();
        state.into = in.readUTF();
        state.near = in.readUTF();
        state.nearDays = in.readInt();
        state.arrivals = in.readDouble();
        state.overSince = in.readLong();
        return state;
    }
}

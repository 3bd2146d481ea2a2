package org.hinomi.kernel.campaign;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;

/**
 * Campaigns over days: groups the sources of the last days by what they do, and tells which group is the campaign of the
 * day before. The same days give the same campaigns with the same ids, also when the state was written and read in
 * between. Not thread-safe; a day with very many sources takes seconds.
 */
public final class Campaigns {
    /** Campaigns that are remembered, those that are over included; beyond, the ones seen longest ago are forgotten. */
    private static final int MOST_CAMPAIGNS = 2_000;

    private static final int VERSION = 1;
    private static final long NEVER = Long.MIN_VALUE;

    private final CampaignSettings settings;
    private final SourceMemory memory;
    private final SortedMap<String, CampaignState> states = new TreeMap<>();
    private long began = NEVER;
    private long last = NEVER;

    /** No days yet. */
    public Campaigns(CampaignSettings settings) {
        this.settings = settings;
        this.memory = new SourceMemory(settings);
    }

    /**
     * Takes a day, and tells what is found of it.
     *
     * @param date the day, UTC; later than all before
     * @param sources what the sources did on it, each address once
     * @throws IllegalArgumentException if the day is not later than the one before
     */
    public CampaignReport apply(LocalDate date, List<SourceDay> sources) {
        long day = date.toEpochDay();
        if (day <= last) {
            throw new IllegalArgumentException(
                    "the campaigns of " + date + " are asked for after those of " + LocalDate.ofEpochDay(last));
        }
        Map<IpAddress, SourceDay> today = today(sources);
        began = began == NEVER ? day : began;
        forget(day);
        memory.advance(day, today.values());
        List<KnownSource> looked = memory.worthALook();
        Map<KnownSource, String> before = before(looked);
        Map<String, Integer> active = new HashMap<>();
        looked.stream()
                .filter(source -> source.campaignDay == last)
                .forEach(source -> active.merge(source.campaign, 1, Integer::sum));
        Grouping grouping = new Grouping(looked, settings.leastMembers());
        new Identity(states, grouping, day, settings.leastMembers()).settle(looked);
        last = day;
        return new DayEnd(date, states, grouping, settings.leastMembers(), began)
                .report(looked, today, before, active, sources.size() - today.size());
    }

    private Map<IpAddress, SourceDay> today(List<SourceDay> sources) {
        Map<IpAddress, SourceDay> today = new TreeMap<>();
        sources.stream()
                .sorted(Comparator.comparingLong(SourceDay::packets)
                        .reversed()
                        .thenComparingLong(SourceDay::first)
                        .thenComparing(SourceDay::address))
                .limit(settings.mostSources())
                .forEach(source -> today.putIfAbsent(source.address(), source));
        return today;
    }

    private static Map<KnownSource, String> before(List<KnownSource> looked) {
        Map<KnownSource, String> before = new HashMap<>();
        looked.forEach(source -> before.put(source, source.campaign));
        return before;
    }

    /** Forgets campaigns that were not seen for long, and those of longest ago when there are too many. */
    private void forget(long day) {
        states.values().removeIf(state -> state.last < day - settings.dormantDays());
        if (states.size() > MOST_CAMPAIGNS) {
            List<CampaignState> oldest = states.values().stream()
                    .sorted(Comparator.<CampaignState>comparingLong(state -> state.last)
                            .thenComparing(state -> state.id))
                    .limit(states.size() - MOST_CAMPAIGNS)
                    .toList();
            oldest.forEach(state -> states.remove(state.id));
        }
    }

    /** Writes all that is remembered; the same state writes the same bytes. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(VERSION);
        out.writeLong(began);
        out.writeLong(last);
        out.writeInt(states.size());
        for (CampaignState state : states.values()) {
            state.write(out);
        }
        memory.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException also when it is damaged or of another version
     */
    public static Campaigns read(DataInput in, CampaignSettings settings) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("stored campaigns of version " + version + " can't be read; expected " + VERSION);
        }
        Campaigns campaigns = new Campaigns(settings);
        campaigns.began = in.readLong();
        campaigns.last = in.readLong();
        int size = Stored.count(in.readInt(), 2 * MOST_CAMPAIGNS, "campaigns");
        for (int i = 0; i < size; i++) {
            CampaignState state = CampaignState.read(in);
            campaigns.states.put(state.id, state);
        }
        campaigns.memory.read(in);
        return campaigns;
    }
}

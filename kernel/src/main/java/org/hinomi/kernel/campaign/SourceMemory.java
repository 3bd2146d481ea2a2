package org.hinomi.kernel.campaign;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;

/** The sources of the window, and those that were in a campaign not long ago. Bounded. */
final class SourceMemory {
    /** Sources that are remembered for each that a day may have. */
    private static final int FOLD = 4;

    private static final Comparator<KnownSource> WORTH = Comparator.<KnownSource>comparingLong(source -> source.lastDay)
            .thenComparingLong(KnownSource::packets)
            .reversed()
            .thenComparing(source -> source.address);

    private final CampaignSettings settings;
    private final Map<IpAddress, KnownSource> sources = new TreeMap<>();

    SourceMemory(CampaignSettings settings) {
        this.settings = settings;
    }

    /** Begins a day: adds what the sources did on it, and forgets what is too old. */
    void advance(long day, Iterable<SourceDay> today) {
        for (SourceDay source : today) {
            sources.computeIfAbsent(source.address(), address -> new KnownSource(address, source.first()))
                    .add(DayTrace.of(day, source));
        }
        long from = day - settings.windowDays() + 1;
        sources.values().removeIf(source -> {
            source.forgetBefore(from);
            long kept = source.campaign.isEmpty() ? settings.windowDays() : settings.dormantDays();
            return source.lastDay <= day - kept;
        });
        int most = FOLD * settings.mostSources();
        if (sources.size() > most) {
            List<KnownSource> least =
                    sources.values().stream().sorted(WORTH).skip(most).toList();
            least.forEach(source -> sources.remove(source.address));
        }
    }

    /** All, by address. */
    Iterable<KnownSource> all() {
        return sources.values();
    }

    /** Those with enough packets to enough addresses within the window, by address. */
    List<KnownSource> worthALook() {
        List<KnownSource> some = new ArrayList<>();
        for (KnownSource source : sources.values()) {
            if (source.packets() >= settings.leastPackets()
                    && source.destinations() >= CampaignSettings.LEAST_DESTINATIONS) {
                some.add(source);
            }
        }
        return some;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(sources.size());
        for (KnownSource source : sources.values()) {
            source.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        int size = Stored.count(in.readInt(), FOLD * 20_000, "sources");
        for (int i = 0; i < size; i++) {
            KnownSource source = KnownSource.read(in);
            sources.put(source.address, source);
        }
    }
}

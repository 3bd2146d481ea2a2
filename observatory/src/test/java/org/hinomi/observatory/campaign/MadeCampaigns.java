package org.hinomi.observatory.campaign;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.campaign.Attribution;
import org.hinomi.kernel.campaign.Campaign;
import org.hinomi.kernel.campaign.CampaignDay;
import org.hinomi.kernel.campaign.CampaignReport;
import org.hinomi.kernel.campaign.Change;
import org.hinomi.kernel.campaign.Confidence;
import org.hinomi.kernel.campaign.PortPackets;
import org.hinomi.kernel.campaign.SourceDay;
import org.hinomi.kernel.campaign.Trait;
import org.hinomi.kernel.detect.VisitOrder;
import org.hinomi.observatory.store.control.ControlStore;

/**
 * Three days as the kernel would report them: campaign A grows, B is born on the second day, and on the third A takes B
 * up. Half of A's sources are in 64.0.0.0/4.
 */
public final class MadeCampaigns {
    /** The first of the days. */
    public static final LocalDate FIRST = LocalDate.parse("2026-01-02");

    /** A's id in the kernel. */
    static final String A = "00000000000000aa";

    /** B's id in the kernel. */
    static final String B = "00000000000000bb";

    private MadeCampaigns() {}

    /** The id under which campaign A of something watched is kept. */
    public static String a(String watch) {
        return CampaignId.of(watch, A);
    }

    /** The id under which campaign B of something watched is kept. */
    public static String b(String watch) {
        return CampaignId.of(watch, B);
    }

    /** Writes all days to the control database of a data directory, also while a tower uses it. */
    public static void write(Path data, String watch) throws Exception {
        try (ControlStore control = ControlStore.open(data)) {
            CampaignStore store = new CampaignStore(control.jdbi());
            for (int day = 0; day < 3; day++) {
                write(store, watch(watch), day);
            }
        }
    }

    static Watch watch(String name) {
        return new Watch(name, Watch.RECORDING, List.of("recording"), 65_536, Long.MAX_VALUE);
    }

    /** Writes one of the days, 0 to 2. */
    static void write(CampaignStore store, Watch watch, int day) {
        store.write(watch, report(day), sources(day), new byte[] {(byte) day});
    }

    private static CampaignReport report(int day) {
        LocalDate date = FIRST.plusDays(day);
        List<Campaign> campaigns = new ArrayList<>();
        List<CampaignDay> days = new ArrayList<>();
        Change change = day == 0 ? Change.BORN : day == 1 ? Change.CONTINUED : Change.MERGED;
        int size = size(day);
        campaigns.add(new Campaign(A, "tcp-23-mirai-heron", FIRST, date, change, day + 1, size, size, List.of(), ""));
        days.add(day(
                A,
                date,
                change,
                day == 2 ? List.of(B) : List.of(),
                members(day),
                size - (day == 0 ? 0 : size(day - 1))));
        if (day > 0) {
            Change other = day == 1 ? Change.BORN : Change.ABSORBED;
            LocalDate last = FIRST.plusDays(1);
            campaigns.add(new Campaign(B, "tcp-22-otter", last, last, other, 1, 2, 2, List.of(), day == 2 ? A : ""));
            days.add(day(B, date, other, day == 2 ? List.of(A) : List.of(), day == 1 ? others() : List.of(), 2));
        }
        return new CampaignReport(date, campaigns, days, size, 0, 0, 0);
    }

    private static int size(int day) {
        return 4 + 2 * day;
    }

    private static List<IpAddress> members(int day) {
        List<IpAddress> members = new ArrayList<>();
        for (int i = 0; i < size(day); i++) {
            members.add(address((i % 2 == 0 ? "20.0.0." : "64.0.0.") + (i + 1)));
        }
        Collections.sort(members);
        return members;
    }

    private static List<IpAddress> others() {
        return List.of(address("30.0.0.1"), address("30.0.0.2"));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static CampaignDay day(
            String id, LocalDate date, Change change, List<String> others, List<IpAddress> members, int joined) {
        Attribution.Evidence mark = new Attribution.Evidence("family", true, 0.98, "mirai");
        Attribution.Evidence onset = new Attribution.Evidence("onset", false, 0.2, "");
        long size = members.size();
        return new CampaignDay(
                id,
                date,
                change,
                others,
                members.size(),
                joined,
                0,
                size * 100,
                members,
                new TreeMap<>(size == 0 ? Map.of() : Map.of("tcp/23", size * 90, "tcp/2323", size * 10)),
                new TreeMap<>(size == 0 ? Map.of() : Map.of("mirai", size)),
                new TreeMap<>(size == 0 ? Map.of() : Map.of("JP", size)),
                new TreeMap<>(size == 0 ? Map.of() : Map.of(64_500L, size)),
                0.9,
                id.equals(A) ? List.of(new CampaignDay.Similar(B, 0.75)) : List.of(),
                new Attribution(Attribution.Statement.SAME_TOOL, Confidence.MODERATE, List.of(mark, onset)));
    }

    private static List<SourceDay> sources(int day) {
        List<IpAddress> all = new ArrayList<>(members(day));
        all.addAll(others());
        long start = FIRST.plusDays(day).toEpochDay() * 86_400;
        return all.stream()
                .map(address -> new SourceDay(
                        address,
                        'J' << 8 | 'P',
                        64_500,
                        start,
                        start + 60,
                        100,
                        50,
                        List.of(new PortPackets(6, 23, 100)),
                        Collections.nCopies(24, 0),
                        new TreeMap<>(),
                        Trait.NONE,
                        Trait.NONE,
                        Trait.NONE,
                        VisitOrder.Order.UNKNOWN))
                .toList();
    }
}

package org.hinomi.kernel.campaign;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;

/**
 * What a campaign was on one day.
 *
 * @param campaign id of the {@link Campaign}
 * @param day the day, UTC
 * @param change what became of it
 * @param others ids of the campaigns that a split or merge is about; else empty
 * @param size members that sent on this day; 0 when it is dormant or absorbed
 * @param joined members that were not seen in it before
 * @param left members of the day before that are in no campaign or in another today
 * @param packets their packets
 * @param members addresses of the members, in order
 * @param ports packets by port, as {@code tcp/23}, at most {@link #MOST} of the foremost
 * @param families members by mark of a tool or family
 * @param countries members by country, two letters, {@code ??} when unknown; at most {@link #MOST}
 * @param networks members by number of their autonomous system, 0 when unknown; at most {@link #MOST}
 * @param cohesion how alike the members are, 0 to 1: mean likeness to what is common to them
 * @param similar earlier campaigns that behaved alike, the most alike first, at most {@link #MOST_SIMILAR}
 * @param attribution what may be said of who is behind it
 */
public record CampaignDay(
        String campaign,
        LocalDate day,
        Change change,
        List<String> others,
        int size,
        int joined,
        int left,
        long packets,
        List<IpAddress> members,
        SortedMap<String, Long> ports,
        SortedMap<String, Long> families,
        SortedMap<String, Long> countries,
        SortedMap<Long, Long> networks,
        double cohesion,
        List<Similar> similar,
        Attribution attribution) {
    /** The most ports, countries and networks that are told. */
    public static final int MOST = 16;

    /** The most similar campaigns that are told. */
    public static final int MOST_SIMILAR = 5;

    /**
     * A campaign that behaved alike.
     *
     * @param campaign its id
     * @param likeness 0 to 1
     */
    public record Similar(String campaign, double likeness) {}

    /** Holds copies of what it is given. */
    public CampaignDay {
        others = List.copyOf(others);
        members = List.copyOf(members);
        ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
        families = Collections.unmodifiableSortedMap(new TreeMap<>(families));
        countries = Collections.unmodifiableSortedMap(new TreeMap<>(countries));
        networks = Collections.unmodifiableSortedMap(new TreeMap<>(networks));
        similar = List.copyOf(similar);
    }
}

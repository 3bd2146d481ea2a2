package org.hinomi.kernel.campaign;

import java.time.LocalDate;
import java.util.List;

/**
 * What was found of a day.
 *
 * @param day the day, UTC
 * @param campaigns all that were there, became dormant or ended on this day, as they stand; by id
 * @param days what each of them was on this day, in the same order
 * @param sources sources with enough packets to be looked at
 * @param noise those of them that are in no campaign
 * @param few sources left aside because they sent too few packets
 * @param dropped sources left out because there were more than can be held
 */
public record CampaignReport(
        LocalDate day, List<Campaign> campaigns, List<CampaignDay> days, int sources, int noise, int few, int dropped) {
    /** Holds copies of what it is given. */
    public CampaignReport {
        campaigns = List.copyOf(campaigns);
        days = List.copyOf(days);
    }
}

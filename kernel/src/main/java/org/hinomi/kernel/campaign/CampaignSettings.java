package org.hinomi.kernel.campaign;

/**
 * What the grouping goes by.
 *
 * @param windowDays days that a source's behaviour is looked at over, 1 to 14
 * @param leastMembers the fewest sources of a campaign, 3 to 1,000
 * @param leastPackets the fewest packets of a source within the window that it is looked at, 1 to 1,000
 * @param mostSources the most sources of a day, 100 to 20,000; beyond, those with the fewest packets are left out
 * @param dormantDays days after which a dormant campaign is forgotten, 1 to 365
 */
public record CampaignSettings(int windowDays, int leastMembers, int leastPackets, int mostSources, int dormantDays) {
    /** What is used when nothing is said. */
    public static final CampaignSettings DEFAULT = new CampaignSettings(5, 8, 10, 20_000, 60);

    /** The fewest dark addresses that a source must ask: one that asks fewer means somebody, and is set wrongly. */
    static final int LEAST_DESTINATIONS = 3;

    /** Refuses what is outside of its range. */
    public CampaignSettings {
        within("windowDays", windowDays, 1, 14);
        within("leastMembers", leastMembers, 3, 1_000);
        within("leastPackets", leastPackets, 1, 1_000);
        within("mostSources", mostSources, 100, 20_000);
        within("dormantDays", dormantDays, 1, 365);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be from " + least + " to " + most);
        }
    }
}

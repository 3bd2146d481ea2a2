package org.hinomi.observatory.cli.config;

import org.hinomi.kernel.campaign.CampaignSettings;

/** How sources are grouped into campaigns. */
final class CampaignSection {
    private CampaignSection() {}

    /** The section of a file; what it does not say is as it is usually. */
    static CampaignSettings read(ConfigNode root) {
        CampaignSettings usual = CampaignSettings.DEFAULT;
        return root.node("campaigns")
                .map(node -> {
                    node.only("window_days", "least_members", "least_packets", "most_sources", "dormant_days");
                    return new CampaignSettings(
                            node.whole("window_days", 1, 14).orElse(usual.windowDays()),
                            node.whole("least_members", 3, 1000).orElse(usual.leastMembers()),
                            node.whole("least_packets", 1, 1000).orElse(usual.leastPackets()),
                            node.whole("most_sources", 100, 20_000).orElse(usual.mostSources()),
                            node.whole("dormant_days", 1, 365).orElse(usual.dormantDays()));
                })
                .orElse(usual);
    }
}

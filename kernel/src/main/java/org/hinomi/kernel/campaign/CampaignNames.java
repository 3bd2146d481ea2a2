package org.hinomi.kernel.campaign;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.hinomi.kernel.packet.IpProtocol;

/** Ids and names of new campaigns: made of what they are, the same whenever the same days are worked through. */
final class CampaignNames {
    private static final String[] WORDS = {
        "alder",
        "aspen",
        "badger",
        "beech",
        "birch",
        "bittern",
        "bramble",
        "bunting",
        "cedar",
        "clover",
        "cormorant",
        "crane",
        "curlew",
        "cypress",
        "dipper",
        "dunlin",
        "egret",
        "elder",
        "fern",
        "finch",
        "gannet",
        "godwit",
        "grebe",
        "hazel",
        "heather",
        "heron",
        "hoopoe",
        "ibis",
        "iris",
        "jackdaw",
        "juniper",
        "kestrel",
        "kite",
        "larch",
        "lark",
        "linnet",
        "lotus",
        "magpie",
        "maple",
        "martin",
        "merlin",
        "mistletoe",
        "nettle",
        "nuthatch",
        "oriole",
        "osprey",
        "petrel",
        "pine",
        "pipit",
        "plover",
        "quail",
        "rail",
        "raven",
        "rowan",
        "sorrel",
        "spruce",
        "starling",
        "stork",
        "swallow",
        "teal",
        "thistle",
        "thrush",
        "willow",
        "wren"
    };

    private CampaignNames() {}

    /** A campaign that begins with a group. */
    static CampaignState born(
            long day,
            List<KnownSource> group,
            Profile profile,
            List<String> parents,
            SortedMap<String, CampaignState> others) {
        long hash = mix(day);
        for (KnownSource source : group) {
            hash += mix(source.address.hi() * 31 + source.address.lo());
        }
        long number = mix(hash);
        while (others.containsKey(String.format(Locale.ROOT, "%016x", number))) {
            number++;
        }
        return new CampaignState(
                String.format(Locale.ROOT, "%016x", number), name(number, profile, others), day, parents, profile);
    }

    private static String name(long number, Profile profile, SortedMap<String, CampaignState> others) {
        int service = profile.foremost();
        String stem = IpProtocol.name(service >>> 16) + "-" + (service & 0xffff) + "-"
                + (profile.family().isEmpty() ? "" : profile.family().replace(',', '-') + "-");
        for (int i = 0; i < WORDS.length; i++) {
            String name = stem + WORDS[(int) Long.remainderUnsigned(number + i, WORDS.length)];
            if (others.values().stream().noneMatch(other -> other.name.equals(name))) {
                return name;
            }
        }
        return stem + Long.toHexString(number >>> 44);
    }

    private static long mix(long number) {
        long z = (number ^ number >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }
}

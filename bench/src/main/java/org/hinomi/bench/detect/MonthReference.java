package org.hinomi.bench.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.address.OwnerTable;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.detect.Reference;
import org.jspecify.annotations.Nullable;

/** What detectors may ask in a made-up month: the organisations, and a network and a country for each /16. */
final class MonthReference implements Reference {
    private static final int PREFIX = 18;
    private static final String COUNTRIES = "JPUSCNBRINRUVNDEKRTWIDTRFRGBITPLUANLTHMX";

    private final OwnerTable owners;

    MonthReference(Addresses addresses) {
        List<OwnerTable.Block> blocks = new ArrayList<>();
        for (int base : addresses.bases()) {
            String name = "organisation-" + blocks.size();
            blocks.add(new OwnerTable.Block(new Prefix(IpAddress.v4(base), PREFIX), new Owner(name, name)));
        }
        owners = new OwnerTable(blocks, Map.of(), Origin.UNKNOWN);
    }

    @Override
    public long darkAddresses(String stream, long minute) {
        return Air.DARK;
    }

    @Override
    public long network(long hi, long lo, long minute) {
        return 64_512 + ((lo >>> 16 & 0xffff) * 7919 % 1000);
    }

    @Override
    public int country(long hi, long lo, long minute) {
        int at = (int) ((lo >>> 16 & 0xffff) * 104_729 % (COUNTRIES.length() / 2)) * 2;
        return COUNTRIES.charAt(at) << 8 | COUNTRIES.charAt(at + 1);
    }

    @Override
    public @Nullable Owner owner(long hi, long lo, long minute) {
        return owners.at(hi, lo);
    }
}

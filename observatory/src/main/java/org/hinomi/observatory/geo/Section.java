package org.hinomi.observatory.geo;

/** The parts of a geolocation table, in the order of its directory. */
enum Section {
    COUNTRY4_STARTS(4),
    COUNTRY4_VALUES(4),
    COUNTRY6_STARTS(8),
    COUNTRY6_VALUES(4),
    ASN4_STARTS(4),
    ASN4_VALUES(4),
    ASN6_STARTS(8),
    ASN6_VALUES(4),
    PLACE4_STARTS(4),
    PLACE4_VALUES(4),
    PLACE6_STARTS(8),
    PLACE6_VALUES(4),
    /** Country letters, latitude and longitude in millionths of a degree, offset of the city in TEXT. */
    PLACES(16),
    /** AS number and offset of its name in TEXT, by AS number. */
    NETWORK_NAMES(8),
    /** Texts: two bytes of length, then UTF-8. */
    TEXT(1),
    /** Where the data comes from, UTF-8. */
    SOURCES(1);

    /** Bytes of an element. */
    final int width;

    Section(int width) {
        this.width = width;
    }
}

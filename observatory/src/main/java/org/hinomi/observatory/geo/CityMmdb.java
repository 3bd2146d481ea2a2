package org.hinomi.observatory.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the networks of a city database in MaxMind's DB format 2.0, with the flat field names of ip-location-db:
 * country_code, city, latitude, longitude; a country database has the first alone.
 */
final class CityMmdb {
    private static final int CACHED_RECORDS = 1 << 16;
    private static final int PROGRESS_EVERY = 1 << 17;

    private final PlaceList places;
    private final CountryPoints points;
    private final SetupListener listener;

    /**
     * A reader.
     *
     * @param places takes the places, without doubles
     * @param points where a country is drawn that comes without coordinates
     */
    CityMmdb(PlaceList places, CountryPoints points, SetupListener listener) {
        this.places = places;
        this.points = points;
        this.listener = listener;
    }

    /**
     * What was read.
     *
     * @param ranges values are numbers of places
     */
    record Cities(RangeList ranges, LocalDate built) {}

    /** Reads a database of one address family. */
    Cities read(Path file, boolean ipv6) throws IOException {
        String name = file.getFileName().toString();
        RangeList ranges = new RangeList(name);
        try (Reader reader = new Reader(file.toFile(), new CHMCache(CACHED_RECORDS))) {
            long read = 0;
            long nodes = reader.getMetadata().nodeCount();
            listener.step("Converting " + name);
            for (Iterator<DatabaseRecord<Map>> networks = networks(reader); networks.hasNext(); ) {
                DatabaseRecord<Map> network = networks.next();
                add(network, ipv6, ranges);
                if ((++read & PROGRESS_EVERY - 1) == 0) {
                    listener.progress(Math.min(read, nodes), nodes); // a tree has about as many leaves as nodes
                }
            }
            ranges.close(ipv6 ? -1 : 0xffff_ffffL);
            return new Cities(ranges, LocalDate.ofInstant(reader.getMetadata().buildTime(), ZoneOffset.UTC));
        } catch (GeoException e) {
            throw e;
        } catch (InvalidDatabaseException | InvalidNetworkException | RuntimeException e) {
            // The library lets a damaged tree surface as many kinds of unchecked exceptions.
            throw new GeoException(name + " is damaged: " + e.getMessage());
        }
    }

    @SuppressWarnings("rawtypes") // the library takes the class of what it decodes to
    private static Iterator<DatabaseRecord<Map>> networks(Reader reader) throws IOException, InvalidNetworkException {
        return reader.networks(Map.class);
    }

    @SuppressWarnings("rawtypes")
    private void add(DatabaseRecord<Map> network, boolean ipv6, RangeList ranges) throws InvalidNetworkException {
        InetAddress address = network.network().ipAddress();
        byte[] bytes = address.getAddress();
        if ((bytes.length == 16) != ipv6) {
            return;
        }
        int length = network.network().prefixLength();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long start = ipv6 ? buffer.getLong() : Integer.toUnsignedLong(buffer.getInt());
        int hostBits = ipv6 ? Math.max(0, 64 - length) : 32 - length;
        long end = hostBits == 64 ? -1L : start | (1L << hostBits) - 1;
        ranges.add(start, end, place(network.data()));
    }

    private int place(@Nullable Map<?, ?> fields) {
        if (fields == null) {
            return 0;
        }
        String country = Objects.toString(fields.get("country_code"), "");
        if (!country.matches("[A-Z]{2}")) {
            return 0;
        }
        if (!fields.containsKey("latitude")) {
            return points.of(country)
                    .map(point -> places.number(country, "", point.latitude(), point.longitude()))
                    .orElse(0);
        }
        return places.number(
                country,
                Objects.toString(fields.get("city"), ""),
                degrees(fields.get("latitude")),
                degrees(fields.get("longitude")));
    }

    private static double degrees(@Nullable Object value) {
        return value instanceof Number number ? Double.parseDouble(number.toString()) : 0;
    }
}

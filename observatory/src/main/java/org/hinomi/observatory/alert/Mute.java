package org.hinomi.observatory.alert;

import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.jdbi.v3.core.Handle;

/**
 * What is not to be told for a while. An empty text, and port -1, fit everything.
 *
 * @param source an address or a prefix
 * @param reason why, for those who wonder
 * @param untilUs when it ends by itself, microseconds since 1970-01-01 UTC
 */
public record Mute(
        String id,
        String detector,
        String source,
        long port,
        String sensor,
        String reason,
        String madeBy,
        long madeUs,
        long untilUs) {
    /** The most there can be at a time: each is looked at for each alert. */
    static final int MOST = 1000;

    /** Whether it keeps an alert about this quiet while it lasts. */
    boolean fits(String otherDetector, String otherSource, long otherPort, String otherSensor) {
        return (detector.isEmpty() || detector.equals(otherDetector))
                && (port < 0 || port == otherPort)
                && (sensor.isEmpty() || sensor.equals(otherSensor))
                && (source.isEmpty() || source.equals(otherSource) || holds(otherSource));
    }

    private boolean holds(String address) {
        if (!source.contains("/")) {
            return false;
        }
        Prefix prefix = Prefix.parse(source);
        Optional<IpAddress> parsed = IpAddress.parse(address);
        return parsed.isPresent()
                && prefix.contains(parsed.get().hi(), parsed.get().lo());
    }

    /** Those that last, the one that ends first in front. */
    static List<Mute> lasting(Handle handle, long nowUs) {
        return handle.createQuery("SELECT * FROM mute WHERE until_us > :now ORDER BY until_us, id LIMIT :most")
                .bind("now", nowUs)
                .bind("most", MOST)
                .mapTo(Mute.class)
                .list();
    }

    static void add(Handle handle, Mute mute) {
        handle.createUpdate("""
                        INSERT INTO mute (id, detector, source, port, sensor, reason, made_by, made_us, until_us)
                        VALUES (:id, :detector, :source, :port, :sensor, :reason, :madeBy, :madeUs, :untilUs)
                        """).bindMethods(mute).execute();
    }

    static boolean remove(Handle handle, String id) {
        return handle.createUpdate("DELETE FROM mute WHERE id = :id")
                        .bind("id", id)
                        .execute()
                == 1;
    }
}

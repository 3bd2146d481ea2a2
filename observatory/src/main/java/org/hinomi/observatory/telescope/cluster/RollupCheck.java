package org.hinomi.observatory.telescope.cluster;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.store.results.Judged;
import org.hinomi.observatory.store.results.RollupResult;
import org.hinomi.observatory.store.results.RowRefusal;
import org.hinomi.observatory.store.warehouse.RollupRow;
import org.jspecify.annotations.Nullable;

/** Looks at sums that a cluster wrote before they are stored. Never throws. */
final class RollupCheck {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final long AHEAD = 86_400;
    private static final long MOST = 1_000_000_000_000_000L;
    private static final int MOST_LG_K = 12;
    private static final byte[] NONE = {};
    private static final String REST = "rest";
    private static final Pattern PORT = Pattern.compile("(?:tcp|udp)/(0|[1-9][0-9]{0,4})");
    private static final int HIGHEST_PORT = 65_535;
    private static final long HIGHEST_NETWORK = 0xffff_ffffL;

    private final InstantSource clock;

    RollupCheck(InstantSource clock) {
        this.clock = clock;
    }

    /** The sums of a row, or why they are none. */
    Judged<RollupRow> judge(RollupResult row) {
        if (row.sensor() == null
                || row.step() == null
                || row.time() == null
                || row.dimension() == null
                || row.key() == null) {
            return refused(RowRefusal.MISSING);
        }
        if (!key(row.dimension(), row.key())) {
            return refused(RowRefusal.TEXT);
        }
        long step = row.step();
        long time = row.time();
        boolean hourly = step == HOUR || step == MINUTE && row.dimension().equals("all");
        if (!hourly || time < 0 || time % step != 0 || time > clock.instant().getEpochSecond() + AHEAD) {
            return refused(RowRefusal.TIME);
        }
        return counted(row, (int) step, time);
    }

    private static boolean key(String dimension, String key) {
        return switch (dimension) {
            case "all" -> key.isEmpty();
            case "port" -> key.equals(REST) || port(key);
            case "country" -> key.equals(REST) || key.matches("[A-Z]{2}|\\?\\?");
            case "network" ->
                key.equals(REST) || key.matches("0|[1-9][0-9]{0,9}") && Long.parseLong(key) <= HIGHEST_NETWORK;
            case "family" -> key.matches("[A-Za-z0-9][A-Za-z0-9 ._+-]{0,63}");
            default -> false;
        };
    }

    private static boolean port(String key) {
        var match = PORT.matcher(key);
        return match.matches() && Integer.parseInt(match.group(1)) <= HIGHEST_PORT;
    }

    private static Judged<RollupRow> counted(RollupResult row, int step, long time) {
        if (row.classes() == null || row.kinds() == null || row.sources() == null) {
            return refused(RowRefusal.MISSING);
        }
        if (row.classes().size() != PacketClass.count() || row.kinds().size() != Kind.count()) {
            return refused(RowRefusal.CLASSES);
        }
        if (!count(row.packets())
                || !count(row.tuples())
                || !count(row.synOrUdp())
                || !count(row.toIot())
                || !row.classes().stream().allMatch(RollupCheck::count)
                || !row.kinds().stream().allMatch(RollupCheck::count)) {
            return refused(RowRefusal.NUMBER);
        }
        Optional<byte[]> sources = sketch(row.sources());
        Optional<byte[]> destinations = sketch(row.destinations() == null ? NONE : row.destinations());
        if (sources.isEmpty() || destinations.isEmpty()) {
            return refused(RowRefusal.SKETCH);
        }
        return new Judged.Good<>(new RollupRow(
                String.valueOf(row.sensor()),
                step,
                time,
                String.valueOf(row.dimension()),
                String.valueOf(row.key()),
                value(row.packets()),
                value(row.tuples()),
                value(row.synOrUdp()),
                value(row.toIot()),
                values(row.classes()),
                values(row.kinds()),
                sources.get(),
                destinations.get()));
    }

    private static boolean count(@Nullable Long value) {
        return value != null && value >= 0 && value <= MOST;
    }

    private static long value(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static long[] values(List<@Nullable Long> list) {
        return list.stream().mapToLong(RollupCheck::value).toArray();
    }

    /** A sketch made anew from its bytes, so that what is stored can be merged; none stays none. */
    private static Optional<byte[]> sketch(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.of(NONE);
        }
        try {
            HllSketch read = HllSketch.heapify(bytes);
            HllUnion union = new HllUnion(MOST_LG_K);
            union.update(read);
            double estimate = union.getEstimate();
            boolean sensible = read.getLgConfigK() <= MOST_LG_K && estimate >= 0 && estimate <= MOST;
            return sensible ? Optional.of(read.toCompactByteArray()) : Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            // The library tells of damaged bytes by any exception it happens to meet.
            return Optional.empty();
        }
    }

    private static Judged<RollupRow> refused(RowRefusal reason) {
        return new Judged.Refused<>(reason);
    }
}

package org.hinomi.observatory.telescope.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hinomi.kernel.packet.PacketClass;

/** The conditions of a filter as SQL with named parameters. */
final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** The conditions on flow tuples. */
    static Where tuples(Filter filter) {
        Where where = times(filter);
        if (!filter.classes().isEmpty()) {
            where.conditions.add("class IN ("
                    + filter.classes().stream()
                            .map(PacketClass::ordinal)
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        filter.port()
                .ifPresent(port -> where.and("protocol = :protocol", "protocol", port.protocol())
                        .and("dst_port = :port AND NOT later_fragment", "port", port.port()));
        filter.country().ifPresent(country -> where.and("country = :country", "country", country));
        filter.asn().ifPresent(asn -> where.and("asn = :asn", "asn", asn));
        filter.family()
                .ifPresent(family -> where.and("class = 0 AND (families >> :lane) & 1 = 1", "lane", family.lane()));
        filter.sources().ifPresent(prefix -> {
            if (prefix.network().hi() == prefix.last().hi()) {
                where.and("src_hi = :src_hi", "src_hi", prefix.network().hi());
                if (prefix.network().lo() != 0 || prefix.last().lo() != -1) {
                    where.and(
                            "src_lo >= :src_first",
                            "src_first",
                            prefix.network().lo());
                    where.and("src_lo <= :src_last", "src_last", prefix.last().lo());
                }
            } else {
                where.and("src_hi >= :src_hi", "src_hi", prefix.network().hi());
                where.and("src_hi <= :src_hi_last", "src_hi_last", prefix.last().hi());
            }
        });
        return where;
    }

    /** The conditions on roll-ups: sensors and times. */
    static Where times(Filter filter) {
        Where where = new Where()
                .and("time >= :from", "from", filter.range().start())
                .and("time < :to", "to", filter.range().end());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < filter.sensors().size(); i++) {
            where.values.put("sensor" + i, filter.sensors().get(i));
            names.add(":sensor" + i);
        }
        where.conditions.add(names.isEmpty() ? "false" : "sensor IN (" + String.join(", ", names) + ")");
        return where;
    }

    Where and(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
        return this;
    }

    String sql() {
        return " WHERE " + String.join(" AND ", conditions);
    }

    Map<String, Object> values() {
        return values;
    }
}

package org.hinomi.kernel.campaign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.detect.VisitOrder;

/** Days of sources that do the same, for tests. */
final class Crowd {
    static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    private Crowd() {}

    static LocalDate day(int number) {
        return FIRST.plusDays(number);
    }

    /** Sources with addresses from a number on that ask for the same ports all day. */
    static List<SourceDay> of(int day, int from, int count, String family, int... ports) {
        List<SourceDay> crowd = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            crowd.add(source(day, from + i, family, 240 + i % 7, ports));
        }
        return crowd;
    }

    static SourceDay source(int day, int address, String family, long packets, int... ports) {
        List<PortPackets> asked = new ArrayList<>();
        for (int port : ports) {
            asked.add(new PortPackets(6, port, packets / ports.length));
        }
        SortedMap<String, Long> families = new TreeMap<>();
        if (!family.isEmpty()) {
            families.put(family, packets);
        }
        long start = day(day).toEpochDay() * 86_400 + address % 600 * 60L;
        return new SourceDay(
                IpAddress.v4(0x0b00_0000 + address),
                'J' << 8 | 'P',
                64_512 + address % 50,
                start,
                start + 40_000,
                packets,
                100,
                asked,
                Collections.nCopies(24, (int) packets / 24),
                families,
                new Trait(50, 1),
                new Trait(1000 + address, 1),
                new Trait(40, 1),
                VisitOrder.Order.RANDOM);
    }

    /** Sources that have nothing in common. */
    static List<SourceDay> others(int day, int count, Random random) {
        List<SourceDay> others = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            others.add(source(
                    day,
                    100_000 + i,
                    "",
                    24L << random.nextInt(6),
                    1 + random.nextInt(60_000),
                    random.nextInt(60_000)));
        }
        return others;
    }

    @SafeVarargs
    static List<SourceDay> together(List<SourceDay>... crowds) {
        List<SourceDay> all = new ArrayList<>();
        for (List<SourceDay> crowd : crowds) {
            all.addAll(crowd);
        }
        return all;
    }
}

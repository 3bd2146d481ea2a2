package org.hinomi.kernel.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.IpProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctTest {
    /** Five times the standard error of 2,048 registers: one run in a million is outside. */
    private static final Percentage ERROR = Percentage.withPercentage(5 * 2.3);

    @Test
    void upTo128SourcesAreCountedExactly() {
        Seeds.check(200, random -> {
            int[] cells = DistinctSources.empty();
            Set<Integer> seen = new HashSet<>();
            while (seen.size() < 128) {
                int hash = random.nextInt(4) == 0 ? random.nextInt(64) + 1 : random.nextInt() | 1;
                cells = DistinctSources.add(cells, hash);
                cells = DistinctSources.add(cells, hash);
                seen.add(hash);
                assertThat(DistinctSources.count(cells)).isEqualTo(seen.size());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {129, 200, 1000, 3000, 6000, 20_000, 200_000, 1_000_000})
    void moreSourcesAreEstimatedWithinTheError(int count) {
        int[] cells = DistinctSources.empty();
        for (int i = 0; i < count; i++) {
            int hash = (int) (i * 0x9e3779b97f4a7c15L >>> 32);
            cells = DistinctSources.add(cells, hash);
            cells = DistinctSources.add(cells, hash);
        }
        assertThat(DistinctSources.count(cells)).isCloseTo(count, ERROR);
        assertThat(cells.length).isLessThanOrEqualTo(513);
    }

    @Test
    void anEmptyCountIsZero() {
        assertThat(DistinctSources.count(DistinctSources.empty())).isZero();
        assertThat(DistinctSources.count(DistinctSources.add(DistinctSources.empty(), 0)))
                .isEqualTo(1);
    }

    @Test
    void addressesAreCountedExactlyToTheBound() {
        DistinctAddresses distinct = new DistinctAddresses(1000);
        Set<IpAddress> seen = new HashSet<>();
        Seeds.check(1, random -> {
            for (int i = 0; i < 50_000; i++) {
                IpAddress address = random.nextInt(50) == 0
                        ? new IpAddress(0x2001_0db8L << 32, random.nextInt(900))
                        : IpAddress.v4(0xc6120000 | random.nextInt(1 << 17));
                distinct.add(address.hi(), address.lo());
                seen.add(address);
            }
        });
        assertThat(distinct.count()).isEqualTo(seen.size());
        assertThat(distinct.estimated()).isFalse();
    }

    @Test
    void addressesBeyondTheBoundAreEstimated() {
        DistinctAddresses distinct = new DistinctAddresses(1000);
        for (int i = 0; i < 5000; i++) {
            distinct.add(0x2001_0db8L << 32, i);
            distinct.add(0x2001_0db8L << 32, i / 2);
        }
        assertThat(distinct.estimated()).isTrue();
        assertThat(distinct.count()).isCloseTo(5000, Percentage.withPercentage(5 * 1.6));

        DistinctAddresses everywhere = new DistinctAddresses(1000);
        for (int i = 0; i < 100_000; i++) {
            everywhere.add(0, IpAddress.V4_PREFIX | (i * 42_949L & 0xffff_ffffL));
        }
        assertThat(everywhere.estimated()).isTrue();
        assertThat(everywhere.count()).isCloseTo(100_000, Percentage.withPercentage(5 * 1.6));
    }

    @Test
    void portsHaveTheirPacketsAndSources() {
        PortTable ports = new PortTable();
        int telnet = PortTable.row(IpProtocol.TCP, 23);
        int udp = PortTable.row(IpProtocol.UDP, 23);
        for (int source = 0; source < 40_000; source++) {
            ports.addPackets(telnet, 2);
            long hash = SourceTable.hash(0, source);
            ports.note(telnet, hash, true);
            ports.note(telnet, hash, true);
            ports.note(udp, hash, false);
            if (source < 100) {
                ports.addPackets(udp, 5);
                ports.note(udp, hash, true);
            }
        }
        ports.addPackets(PortTable.row(IpProtocol.TCP, 65_535), 1);
        ports.addSources();

        var top = ports.top(3);
        assertThat(top.get(0).sources()).isCloseTo(40_000, ERROR);
        assertThat(top.get(0).packets()).isEqualTo(80_000);
        assertThat(top.get(1)).isEqualTo(new PortTable.PortCount(IpProtocol.UDP, 23, 500, 100));
        assertThat(top.get(2)).isEqualTo(new PortTable.PortCount(IpProtocol.TCP, 65_535, 1, 0));
        assertThat(ports.top(1)).hasSize(1);
    }
}

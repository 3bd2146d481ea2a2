package org.hinomi.observatory.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.campaign.CampaignSettings;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.warehouse.Tagged;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.web.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From stored tuples of three days to stored campaigns: 24 sources that ask for tcp/23, and others that do not. */
class CampaignStepTest {
    private static final long FIRST = 20_454 * Days.SECONDS;
    private static final int DAYS = 3;
    private static final String SENSOR = "tokyo";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Warehouse warehouse;

    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void store() {
        warehouse = Warehouse.open(folder.resolve("data"), 256);
        List<FlowRow> rows = new ArrayList<>();
        Random random = new Random(5);
        for (int day = 0; day < DAYS; day++) {
            for (int source = 0; source < 40; source++) {
                int port = source < 24 ? 23 : 1000 + random.nextInt(60_000);
                for (int packet = 0; packet < 30; packet++) {
                    rows.add(row(FIRST + day * Days.SECONDS + random.nextInt(1440) * 60L, source, port, random));
                }
            }
        }
        warehouse.write(writer -> writer.add(tagged -> next(tagged, rows)));
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    private static boolean next(Tagged tagged, List<FlowRow> rows) {
        if (rows.isEmpty()) {
            return false;
        }
        FlowRow from = rows.removeLast();
        tagged.sensor = SENSOR;
        FlowRow to = tagged.tuple;
        to.clear();
        to.time = from.time;
        to.srcLo = from.srcLo;
        to.dstLo = from.dstLo;
        to.srcPort = from.srcPort;
        to.dstPort = from.dstPort;
        to.protocol = IpProtocol.TCP;
        to.tcpFlags = TcpFlags.SYN;
        to.ttl = 50;
        to.ipLen = from.dstPort == 23 ? 40 : 44;
        to.tcpSynLen = 20;
        to.tcpSynWinLen = from.dstPort == 23 ? 5840 : from.srcPort;
        to.packetCnt = 1;
        return true;
    }

    private static FlowRow row(long time, int source, int port, Random random) {
        FlowRow row = new FlowRow();
        row.time = time;
        row.srcLo = IpAddress.V4_PREFIX | 0x1400_0000L + source * 70_000L;
        row.dstLo = IpAddress.V4_PREFIX | 0xc612_0000L + random.nextInt(65_536);
        row.srcPort = 1024 + random.nextInt(60_000);
        row.dstPort = port;
        return row;
    }

    private CampaignStep step(ControlStore control, long complete) {
        Watch watch = new Watch("live", "live", List.of(SENSOR), 65_536, complete);
        return new CampaignStep(
                new CampaignStep.Jobs(CampaignSettings.DEFAULT, List.of(), Origin.UNKNOWN),
                new CampaignStore(control.jdbi()),
                warehouse,
                () -> List.of(watch),
                (of, day, campaigns) -> told.add(day.toString()));
    }

    /** All that is stored, so that two runs can be compared. */
    private static List<Object> stored(ControlStore control) {
        CampaignQueries queries = new CampaignQueries(control.jdbi());
        List<CampaignRow> rows = queries.list(CampaignFilter.of(Query.parse(""), () -> List.of("live")), 100);
        List<Object> all = new ArrayList<>(rows);
        for (CampaignRow row : rows) {
            all.add(queries.growth(List.of(row.id()), 100));
            all.addAll(queries.members(row.id(), 1000, 0));
        }
        return all;
    }

    @Test
    void aProgramThatEndsAfterEachDayFindsTheSameAsOneThatGoesOn() throws Exception {
        List<Object> gone;
        try (ControlStore control = ControlStore.open(folder.resolve("one"));
                CampaignStep step = step(control, Long.MAX_VALUE)) {
            while (step.once()) {
                assertThat(told).hasSizeLessThanOrEqualTo(DAYS);
            }
            gone = stored(control);
        }
        assertThat(told).containsExactly("2026-01-01", "2026-01-02", "2026-01-03");
        assertThat(gone).isNotEmpty();
        told.clear();
        for (int day = 0; day < DAYS; day++) {
            long end = FIRST + (day + 1) * Days.SECONDS;
            try (ControlStore control = ControlStore.open(folder.resolve("other"));
                    CampaignStep step = step(control, end)) {
                assertThat(step.once()).isTrue();
                assertThat(step.once()).isFalse();
                assertThat(told).hasSize(day + 1);
                if (day == DAYS - 1) {
                    assertThat(stored(control)).isEqualTo(gone);
                }
            }
            warehouse.write(writer -> writer.archive(SENSOR, end + 12 * 3600, List.of()));
        }
    }

    @Test
    void aDayIsNotLookedAtBeforeItIsComplete() throws Exception {
        try (ControlStore control = ControlStore.open(folder.resolve("one"));
                CampaignStep step = step(control, FIRST + Days.SECONDS - 1)) {
            assertThat(step.once()).isFalse();
            assertThat(told).isEmpty();
            assertThat(step.trouble()).isEmpty();
        }
    }
}

package org.hinomi.observatory.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hinomi.observatory.campaign.CampaignQueries.DayRow;
import org.hinomi.observatory.campaign.CampaignQueries.LineageRow;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.web.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One database for all tests; each watches something of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignStoreTest {
    private String watch = "";
    private int watched;

    @SuppressWarnings("NullAway.Init")
    private ControlStore control;

    @SuppressWarnings("NullAway.Init")
    private CampaignStore store;

    @SuppressWarnings("NullAway.Init")
    private CampaignQueries queries;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        control = ControlStore.open(folder);
        store = new CampaignStore(control.jdbi());
        queries = new CampaignQueries(control.jdbi());
    }

    @AfterAll
    void close() {
        control.close();
    }

    @BeforeEach
    void watchAnother() {
        watch = "recording " + watched++;
    }

    private void write(int day) {
        MadeCampaigns.write(store, MadeCampaigns.watch(watch), day);
    }

    private CampaignRow a() {
        return queries.find(MadeCampaigns.a(watch)).orElseThrow();
    }

    private List<CampaignRow> list(String query) {
        return queries.list(CampaignFilter.of(Query.parse(query), () -> List.of(watch)), 10);
    }

    @Test
    void aCampaignGrowsDayByDayAndKeepsItsId() {
        write(0);
        write(1);
        assertThat(a().days()).isEqualTo(2);
        assertThat(a().size()).isEqualTo(6);
        assertThat(a().packets()).isEqualTo(1000);
        assertThat(queries.growth(List.of(a().id()), 10).get(a().id()))
                .extracting(DayRow::size)
                .containsExactly(4L, 6L);
        assertThat(queries.members(a().id(), 10, 0))
                .hasSize(6)
                .first()
                .satisfies(member ->
                        assertThat(List.of(member.days(), member.packets())).containsExactly(2L, 200L));
    }

    @Test
    void aDayIsStoredWhollyOrNotAtAllAndCountsOnce() {
        write(0);
        long packets = a().packets();
        assertThatThrownBy(() -> write(0)).isInstanceOf(StoreException.class).hasMessageContaining("looked at again");
        assertThat(a().packets()).isEqualTo(packets);
        assertThat(queries.members(a().id(), 10, 0)).allMatch(member -> member.days() == 1);
        assertThat(store.reached(watch).orElseThrow().day()).isEqualTo(MadeCampaigns.FIRST.toEpochDay());
        assertThat(store.reached(watch).orElseThrow().snapshot()).containsExactly(0);
    }

    @Test
    void aMergeIsToldFromBothSidesAndWhatWentInKeepsItsLastDay() {
        write(0);
        write(1);
        write(2);
        CampaignRow b = queries.find(MadeCampaigns.b(watch)).orElseThrow();
        assertThat(b.state()).isEqualTo(CampaignRow.MERGED);
        assertThat(b.size()).isEqualTo(2);
        assertThat(b.lastDay()).isEqualTo(MadeCampaigns.FIRST.toEpochDay() + 1);
        long day = MadeCampaigns.FIRST.toEpochDay() + 2;
        assertThat(queries.lineage(b.id())).containsExactly(new LineageRow(day, "merged_into", a().id(), 2));
        assertThat(queries.lineage(a().id())).containsExactly(new LineageRow(day, "merged_from", b.id(), 2));
    }

    @Test
    void filtersLookAtAllDaysOfACampaign() {
        write(0);
        write(1);
        write(2);
        assertThat(list("port=tcp/2323")).hasSize(2);
        assertThat(list("port=tcp/80")).isEmpty();
        assertThat(list("country=JP&family=mirai&state=active")).hasSize(1);
        assertThat(list("from=2026-01-04T00:00:00Z")).hasSize(1);
        assertThat(list("to=2026-01-03T00:00:00Z")).hasSize(1);
        assertThat(list("sensor_kind=live")).isEmpty();
        List<CampaignRow> all = list("");
        assertThat(list("cursor=" + CampaignFilter.cursor(all.getFirst())))
                .containsExactlyElementsOf(all.subList(1, 2));
    }

    @Test
    void whatIsForgottenLeavesNothingButNames() {
        write(0);
        Map<String, CampaignRow> before = queries.find(List.of(a().id()));
        store.forget("recording other");
        assertThat(queries.find(List.of(a().id()))).isEqualTo(before);
        store.forget(watch);
        assertThat(list("")).isEmpty();
        assertThat(queries.members(MadeCampaigns.a(watch), 10, 0)).isEmpty();
        write(0);
        assertThat(a().days()).isEqualTo(1);
    }

    @Test
    void campaignsThatEndedLongAgoGoWithTheirMembers() {
        write(0);
        write(1);
        store.retain(List.of(Watch.RECORDING), MadeCampaigns.FIRST.toEpochDay() + 1);
        assertThat(a().days()).isEqualTo(2);
        store.retain(List.of("live"), MadeCampaigns.FIRST.toEpochDay() + 9);
        assertThat(list("")).hasSize(2);
        store.retain(List.of(Watch.RECORDING), MadeCampaigns.FIRST.toEpochDay() + 9);
        assertThat(list("")).isEmpty();
    }
}

package org.hinomi.kernel.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hinomi.kernel.campaign.Attribution.Evidence;
import org.hinomi.kernel.campaign.Attribution.Statement;
import org.junit.jupiter.api.Test;

/** What becomes of groups of sources over days. */
class CampaignsTest {
    private final Campaigns campaigns = new Campaigns(CampaignSettings.DEFAULT);

    @SafeVarargs
    private CampaignReport on(int day, List<SourceDay>... crowds) {
        return campaigns.apply(Crowd.day(day), Crowd.together(crowds));
    }

    private static byte[] bytes(Campaigns campaigns) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            campaigns.write(new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Campaigns read(byte[] bytes) throws IOException {
        return Campaigns.read(new DataInputStream(new ByteArrayInputStream(bytes)), CampaignSettings.DEFAULT);
    }

    @Test
    void sourcesThatDoTheSameAreOneCampaignAndTheRestIsNoise() {
        CampaignReport report = on(0, Crowd.of(0, 0, 30, "mirai", 23), Crowd.others(0, 40, new Random(1)));
        assertThat(report.days()).hasSize(1);
        CampaignDay day = report.days().getFirst();
        assertThat(day.change()).isEqualTo(Change.BORN);
        assertThat(day.size()).isEqualTo(30);
        assertThat(day.joined()).isEqualTo(30);
        assertThat(day.ports()).containsOnlyKeys("tcp/23");
        assertThat(day.families()).containsEntry("mirai", 30L);
        assertThat(day.countries()).containsEntry("JP", 30L);
        assertThat(day.networks()).hasSize(CampaignDay.MOST);
        assertThat(report.noise()).isEqualTo(40);
        assertThat(report.campaigns().getFirst().name()).startsWith("tcp-23-mirai-");
    }

    @Test
    void aCampaignKeepsItsIdWhileItsMembersChange() {
        List<String> ids = new ArrayList<>();
        for (int day = 0; day < 12; day++) {
            CampaignReport report = on(day, Crowd.of(day, day * 5, 30, "", 5555, 7547));
            assertThat(report.days()).hasSize(1);
            ids.add(report.days().getFirst().campaign());
            assertThat(report.days().getFirst().change()).isEqualTo(day == 0 ? Change.BORN : Change.CONTINUED);
            assertThat(report.days().getFirst().joined()).isEqualTo(day == 0 ? 30 : 5);
            assertThat(report.days().getFirst().left()).isEqualTo(day == 0 ? 0 : 5);
        }
        assertThat(ids).containsOnly(ids.getFirst());
        Campaign last = on(12, Crowd.of(12, 60, 30, "", 5555, 7547)).campaigns().getFirst();
        assertThat(last.days()).isEqualTo(13);
        assertThat(last.total()).isEqualTo(90);
        assertThat(last.first()).isEqualTo(Crowd.FIRST);
    }

    @Test
    void whatIsNotSeenIsDormantOnceAndReturnsAsTheSame() {
        String id = on(0, Crowd.of(0, 0, 20, "", 37_215)).days().getFirst().campaign();
        CampaignDay silent = on(1, Crowd.of(1, 500, 4, "", 80)).days().getFirst();
        assertThat(silent.campaign()).isEqualTo(id);
        assertThat(silent.change()).isEqualTo(Change.DORMANT);
        assertThat(silent.size()).isZero();
        assertThat(silent.left()).isEqualTo(20);
        assertThat(on(2, Crowd.of(2, 500, 4, "", 80)).days()).isEmpty();
        CampaignDay back = on(20, Crowd.of(20, 0, 20, "", 37_215)).days().getFirst();
        assertThat(back.campaign()).isEqualTo(id);
        assertThat(back.change()).isEqualTo(Change.RETURNED);
    }

    @Test
    void aPartThatDoesSomethingElseIsSplitOff() {
        String id = "";
        for (int day = 0; day < 3; day++) {
            id = on(day, Crowd.of(day, 0, 40, "", 23)).days().getFirst().campaign();
        }
        List<CampaignDay> split = new ArrayList<>();
        for (int day = 3; day < 10; day++) {
            CampaignReport report = on(day, Crowd.of(day, 0, 25, "", 23), Crowd.of(day, 25, 15, "", 9001));
            report.days().stream().filter(each -> each.change() == Change.SPLIT).forEach(split::add);
        }
        assertThat(split).hasSize(1);
        assertThat(split.getFirst().others()).containsExactly(id);
        assertThat(split.getFirst().size()).isEqualTo(15);
        assertThat(split.getFirst().ports()).containsKey("tcp/9001");
    }

    @Test
    void twoThatCanNotBeToldApartForDaysBecomeOne() {
        for (int day = 0; day < 3; day++) {
            on(day, Crowd.of(day, 0, 40, "", 23), Crowd.of(day, 100, 20, "", 9001));
        }
        List<CampaignDay> days = new ArrayList<>();
        for (int day = 3; day < 14; day++) {
            days.addAll(on(day, Crowd.of(day, 0, 40, "", 23), Crowd.of(day, 100, 20, "", 23))
                    .days());
        }
        assertThat(days).extracting(CampaignDay::change).contains(Change.MERGED, Change.ABSORBED);
        assertThat(days.getLast().size()).isEqualTo(60);
    }

    @Test
    void manyNewSourcesAtAnOldCampaignsPortAreAnotherOne() {
        String old = "";
        for (int day = 0; day < 8; day++) {
            old = on(day, Crowd.of(day, 0, 30, "mirai", 23)).days().getFirst().campaign();
        }
        CampaignReport report = on(8, Crowd.of(8, 0, 30, "mirai", 23), Crowd.of(8, 1000, 80, "mirai", 23));
        String first = old;
        assertThat(report.days()).extracting(CampaignDay::size).containsExactlyInAnyOrder(30, 80);
        CampaignDay wave = report.days().stream()
                .filter(each -> !each.campaign().equals(first))
                .findFirst()
                .orElseThrow();
        assertThat(wave.change()).isEqualTo(Change.BORN);
        assertThat(wave.similar()).extracting(CampaignDay.Similar::campaign).containsExactly(old);
    }

    @Test
    void aRestartAndTheOrderOfSourcesChangeNothing() throws IOException {
        Random random = new Random(7);
        Campaigns restarted = new Campaigns(CampaignSettings.DEFAULT);
        for (int day = 0; day < 8; day++) {
            List<SourceDay> sources = Crowd.together(
                    Crowd.of(day, day * 3, 30, "mirai", 23),
                    Crowd.of(day, 300, 10 + day, "", 80, 81),
                    Crowd.others(day, 20, new Random(day)));
            CampaignReport one = campaigns.apply(Crowd.day(day), sources);
            Collections.shuffle(sources, random);
            restarted = read(bytes(restarted));
            assertThat(restarted.apply(Crowd.day(day), sources)).isEqualTo(one);
        }
        assertThat(bytes(restarted)).isEqualTo(bytes(campaigns));
    }

    @Test
    void aDamagedStateIsRefusedAndNeverThrowsOtherwise() {
        on(0, Crowd.of(0, 0, 30, "mirai", 23));
        byte[] whole = bytes(campaigns);
        assertThatThrownBy(() -> read(Arrays.copyOf(whole, whole.length - 1))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(new byte[] {0, 0, 0, 9})).hasMessageContaining("version 9");
        Random random = new Random(3);
        IntStream.range(0, 300).forEach(round -> {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(read(damaged)).isNotNull();
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        });
    }

    @Test
    void daysMustComeInOrder() {
        on(3, Crowd.of(3, 0, 10, "", 23));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on(3, Crowd.of(3, 0, 10, "", 23)))
                .withMessageContaining("2026-01-04");
    }

    @Test
    void moreSourcesThanCanBeHeldAreCounted() {
        Campaigns small = new Campaigns(new CampaignSettings(5, 8, 10, 100, 60));
        CampaignReport report = small.apply(
                Crowd.day(0), Crowd.together(Crowd.of(0, 0, 90, "", 23), Crowd.others(0, 60, new Random(2))));
        assertThat(report.dropped()).isEqualTo(50);
        assertThat(report.sources()).isEqualTo(100);
    }

    @Test
    void theSameToolAtTheCrowdsPortIsNotCommonControl() {
        CampaignReport report = on(
                0,
                Crowd.of(0, 0, 30, "zmap", 443),
                Crowd.of(0, 1000, 30, "zmap", 443, 8443),
                Crowd.others(0, 10, new Random(4)));
        report.days().forEach(day -> {
            assertThat(day.attribution().statement()).isEqualTo(Statement.SAME_TOOL);
            assertThat(day.attribution().confidence()).isEqualTo(Confidence.HIGH);
        });
    }

    @Test
    void whoComesAtOnceToAPortOfTheirOwnIsDirectedTogetherButNeverSurely() {
        for (int day = 0; day < 5; day++) {
            on(day, Crowd.others(day, 40, new Random(5)));
        }
        CampaignDay day = on(5, Crowd.of(5, 0, 30, "mirai", 9001), Crowd.others(5, 40, new Random(5)))
                .days()
                .getFirst();
        assertThat(day.attribution().statement()).isEqualTo(Statement.COMMON_CONTROL);
        assertThat(day.attribution().confidence()).isEqualTo(Confidence.MODERATE);
        assertThat(day.attribution().evidence()).extracting(Evidence::key).containsExactly("family", "ports", "onset");
    }
}

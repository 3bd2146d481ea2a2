package org.hinomi.kernel.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What is expected after what was seen. */
class DailyRhythmTest {
    private static final int BIN = 600;
    private static final int DAY = 144;

    /** So many days of 100 at noon and 4 at midnight, without chance. */
    private static DailyRhythm days(int days) {
        DailyRhythm rhythm = DailyRhythm.quiet(0);
        for (int bin = 0; bin < days * DAY; bin++) {
            rhythm.learn(bin * (long) BIN, BIN, count(bin), false);
        }
        return rhythm;
    }

    private static double count(int bin) {
        return 52 - 48 * Math.cos(bin * 2 * Math.PI / DAY);
    }

    @Test
    void theSameHourOfEarlierDaysIsExpected() {
        DailyRhythm rhythm = days(5);
        assertThat(rhythm.mean(5 * DAY * BIN, BIN)).isCloseTo(4, within(1.5));
        assertThat(rhythm.mean((5 * DAY + 72) * (long) BIN, BIN)).isCloseTo(100, within(5.0));
        assertThat(rhythm.day(BIN)).isCloseTo(52 * DAY, within(200.0));
    }

    @Test
    void moreThanUsualInTheLastHoursIsExpectedOnButLessIsNot() {
        DailyRhythm more = days(5);
        DailyRhythm less = days(5);
        for (int bin = 5 * DAY; bin < 5 * DAY + 24; bin++) {
            more.learn(bin * (long) BIN, BIN, count(bin) * 1.5, false);
            less.learn(bin * (long) BIN, BIN, 0, false);
        }
        long next = (5 * DAY + 24) * (long) BIN;
        double usual = count(5 * DAY + 24);
        assertThat(more.mean(next, BIN)).isGreaterThan(usual * 1.25);
        assertThat(less.mean(next, BIN)).isCloseTo(usual, within(usual * 0.15));
    }

    @Test
    void oneExtremeBinTeachesLittle() {
        DailyRhythm rhythm = days(5);
        rhythm.learn(5 * DAY * (long) BIN, BIN, 1_000_000, false);
        assertThat(rhythm.mean((5 * DAY + 6) * (long) BIN, BIN)).isLessThan(count(6) * 1.6);
        assertThat(rhythm.mean(6 * DAY * (long) BIN, BIN)).isLessThan(8);
    }

    @Test
    void aLevelThatIsTakenForUsualIsExpected() {
        DailyRhythm rhythm = days(5);
        rhythm.settle(5 * DAY * (long) BIN, BIN, 400);
        assertThat(rhythm.mean(5 * DAY * (long) BIN, BIN)).isCloseTo(400, within(5.0));
    }

    @Test
    void whatWasAlwaysQuietExpectsNearlyNothing() {
        DailyRhythm rhythm = DailyRhythm.quiet(5 * DAY);
        assertThat(rhythm.mean(0, BIN)).isLessThan(0.05);
        assertThat(rhythm.day(BIN)).isLessThan(0.5);
    }
}

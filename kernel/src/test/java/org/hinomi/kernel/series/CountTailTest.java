package org.hinomi.kernel.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The chance of a count or more, against sums worked out otherwise. */
class CountTailTest {
    @Test
    void withoutDispersionItIsPoissons() {
        double mean = 2;
        double below = Math.exp(-mean) * (1 + mean + mean * mean / 2 + Math.pow(mean, 3) / 6);
        assertThat(CountTail.score(4, mean, 0)).isCloseTo(-Math.log10(1 - below), within(1e-4));
    }

    @Test
    void withDispersionOneItIsTheGeometric() {
        double mean = 3;
        assertThat(CountTail.score(20, mean, 1)).isCloseTo(-20 * Math.log10(mean / (1 + mean)), within(1e-8));
    }

    @Test
    void aCountBelowTheMeanIsNothingAndTheMostIsBounded() {
        assertThat(CountTail.score(3, 3, 0.1)).isZero();
        assertThat(CountTail.score(1_000_000, 0.02, 0.01)).isEqualTo(CountTail.MOST);
        assertThat(CountTail.score(70_000_000, 50_000_000, 0.01)).isBetween(1.0, 10.0);
    }

    @Test
    void theGammaFunctionIsThatOfFactorials() {
        double log = 0;
        for (int n = 1; n < 30; n++) {
            assertThat(CountTail.logGamma(n)).isCloseTo(log, within(1e-9));
            log += Math.log(n);
        }
        assertThat(CountTail.logGamma(0.5)).isCloseTo(Math.log(Math.PI) / 2, within(1e-9));
    }
}

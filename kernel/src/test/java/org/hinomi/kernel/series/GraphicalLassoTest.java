package org.hinomi.kernel.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Rows that move together are joined, others are not. */
class GraphicalLassoTest {
    private static final double[][] ROWS = {
        {1, 5, 1, 5, 1, 6}, {2, 9, 2, 8, 2, 10}, {7, 1, 1, 7, 1, 1}, {6, 1, 2, 6, 1, 1}, {3, 3, 3, 3, 3, 3}
    };

    @Test
    void correlationsAreThoseOfPearson() {
        double[][] of = GraphicalLasso.correlations(new double[][] {{1, 2, 3}, {2, 4, 6}, {3, 2, 1}, {1, 2, 1}});
        assertThat(of[0][1]).isCloseTo(1, within(1e-12));
        assertThat(of[0][2]).isCloseTo(-1, within(1e-12));
        assertThat(of[0][3]).isCloseTo(0, within(1e-12));
    }

    @Test
    void whatMovesTogetherIsOnePartAndWhatNeverMovesIsAlone() {
        int[] parts = GraphicalLasso.parts(GraphicalLasso.correlations(ROWS), 0.8);
        assertThat(parts).containsExactly(0, 0, 1, 1, 2);
    }

    @Test
    void joinedPairsAreThoseBeyondThePenalty() {
        double[][] of = {{1, 0.9, 0.1}, {0.9, 1, 0.1}, {0.1, 0.1, 1}};
        assertThat(GraphicalLasso.density(of, 0.5)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(GraphicalLasso.density(of, 0.95)).isZero();
        assertThat(GraphicalLasso.density(of, 0.01)).isEqualTo(1);
    }

    /** In a chain the ends move together only by the middle, and so are not joined. */
    @Test
    void whatMovesTogetherOnlyByAThirdIsNotJoined() {
        double[][] chain = {{1, 0.8, 0.5}, {0.8, 1, 0.8}, {0.5, 0.8, 1}};
        assertThat(GraphicalLasso.density(chain, 0.1)).isCloseTo(2 / 3.0, within(1e-12));
    }
}

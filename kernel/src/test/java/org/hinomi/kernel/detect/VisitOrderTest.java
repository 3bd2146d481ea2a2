package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.detect.VisitOrder.Order;
import org.junit.jupiter.api.Test;

/** Walks, permutations and draws are told apart where there is enough to tell them by. */
class VisitOrderTest {
    private static final int DARK = 4096;
    private static final int BASE = 0xffff_0000;

    /** Visits by index, so many a minute. */
    private static Order judged(int visits, int aMinute, IntUnaryOperator address) {
        VisitOrder order = new VisitOrder();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < visits; i++) {
            int visited = address.applyAsInt(i);
            seen.add(visited);
            order.add(BASE + visited, i / aMinute * 60L);
        }
        return order.judge(visits, seen.size(), false, DARK);
    }

    @Test
    void minutesThatFollowUpwardsOrDownwardsAreAWalk() {
        assertThat(judged(300, 30, i -> i)).isEqualTo(Order.SEQUENTIAL);
        assertThat(judged(300, 30, i -> 4000 - i)).isEqualTo(Order.SEQUENTIAL);
        assertThat(judged(200, 50, i -> i)).as("three steps are too few").isEqualTo(Order.UNKNOWN);
    }

    @Test
    void eachAddressOnceIsAPermutationAndADrawIsNot() {
        Seeds.check(20, random -> {
            assertThat(judged(2000, 100, i -> i * 1509 % DARK)).isEqualTo(Order.PERMUTED);
            assertThat(judged(2000, 100, i -> random.nextInt(DARK))).isEqualTo(Order.RANDOM);
            assertThat(judged(2000, 100, i -> random.nextInt(DARK / 8))).isEqualTo(Order.REPEATED);
        });
    }

    @Test
    void fewVisitsTellNothing() {
        assertThat(judged(40, 2, i -> i * 1509 % DARK)).isEqualTo(Order.UNKNOWN);
        assertThat(judged(1, 1, i -> 7)).isEqualTo(Order.UNKNOWN);
    }

    @Test
    void itGoesOnWhereItWasWritten() throws IOException {
        VisitOrder order = new VisitOrder();
        Random random = new Random(5);
        for (int minute = 0; minute < 9; minute++) {
            order.add(BASE + minute * 100 + random.nextInt(50), minute * 60L);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            order.write(new DataOutputStream(bytes));
            order = VisitOrder.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        }
        assertThat(order.judge(9, 9, false, DARK)).isEqualTo(Order.SEQUENTIAL);
    }
}

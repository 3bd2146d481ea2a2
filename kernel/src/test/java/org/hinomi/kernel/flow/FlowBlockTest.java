package org.hinomi.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hinomi.kernel.Seeds;
import org.junit.jupiter.api.Test;

/** Flow tuples side by side: all fields come back, and the order is one for all. */
class FlowBlockTest {
    private static final long MINUTE = 1_780_000_020;

    private static List<FlowBlock> someMinutes(Random random) {
        Packets packets = new Packets();
        List<FlowBlock> blocks = new ArrayList<>();
        FlowRow row = new FlowRow();
        FlowMinutes minutes = new FlowMinutes(1 << 12, batch -> {
            FlowBlock block = new FlowBlock(batch.time());
            for (int i = 0; i < batch.size(); i++) {
                batch.read(i, row);
                block.add(row);
            }
            blocks.add(block);
        });
        for (int i = 0; i < 2000; i++) {
            packets.next(random, MINUTE, 1 + random.nextInt(40));
            minutes.add(MINUTE * 1_000_000_000L, packets.header, packets.matches);
        }
        minutes.close();
        return blocks;
    }

    static String text(FlowBlock block, int index) {
        FlowRow row = new FlowRow();
        block.read(index, row);
        int[] matches = IntStream.range(0, FlowRow.MOST_RULES).map(row::matches).toArray();
        return FlowTuple.of(row) + " " + row.oddFragmentField + " " + row.matchedRules + " "
                + java.util.Arrays.toString(matches);
    }

    private static FlowBlock copied(FlowBlock block) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            block.write(new DataOutputStream(bytes));
            return FlowBlock.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyFieldIsKeptAndWrittenAndReadAgain() {
        Seeds.check(20, random -> {
            for (FlowBlock block : someMinutes(random)) {
                FlowBlock copy = copied(block);
                assertThat(copy.size()).isEqualTo(block.size());
                assertThat(copy.time()).isEqualTo(MINUTE);
                for (int i = 0; i < block.size(); i++) {
                    assertThat(text(copy, i)).isEqualTo(text(block, i));
                }
            }
        });
    }

    @Test
    void onlyTheSameTuplesCompareAsTheSame() {
        Seeds.check(10, random -> {
            FlowBlock block = someMinutes(random).getFirst();
            for (int i = 0; i < 500; i++) {
                int a = random.nextInt(block.size());
                int b = random.nextInt(block.size());
                assertThat(Integer.signum(block.compare(a, b))).isEqualTo(-Integer.signum(block.compare(b, a)));
                assertThat(block.compare(a, b) == 0).isEqualTo(text(block, a).equals(text(block, b)));
            }
        });
    }

    @Test
    void howMatchesWereCountedMakesNoDifference() {
        FlowRow all = new FlowRow();
        all.packetCnt = 3;
        all.matchAll(5);
        FlowRow each = new FlowRow();
        each.packetCnt = 3;
        each.match(0, 3);
        each.match(2, 3);
        FlowBlock block = new FlowBlock(MINUTE);
        block.add(all);
        block.add(each);
        assertThat(block.compare(0, 1)).isZero();
    }

    @Test
    void whatAnInputCantTellStaysUnknown() {
        FlowRow row = new FlowRow();
        row.firstSeq = -1;
        row.firstIpId = -1;
        FlowBlock block = new FlowBlock(MINUTE);
        block.add(row);
        row.firstSeq = 0xffff_ffffL;
        row.firstIpId = 0xffff;
        block.add(row);
        block.read(0, row);
        assertThat(row.firstSeq).isEqualTo(-1);
        assertThat(row.firstIpId).isEqualTo(-1);
        block.read(1, row);
        assertThat(row.firstSeq).isEqualTo(0xffff_ffffL);
        assertThat(row.firstIpId).isEqualTo(0xffff);
    }
}

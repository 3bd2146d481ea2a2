package org.hinomi.observatory.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hinomi.kernel.flow.FlowRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes from elsewhere counts from when it was noted, wherever the process is killed. */
class InboxTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private SegmentLog log() {
        return new SegmentLog(folder.resolve("segments"));
    }

    private Inbox inbox(SegmentLog log) {
        return new Inbox(folder.resolve("inbox"), log);
    }

    private static SegmentBuilder segment(long minute, int rows) {
        SegmentBuilder segment = new SegmentBuilder(minute, false);
        FlowRow row = new FlowRow();
        row.packetCnt = 3;
        row.firstSeq = -1;
        row.firstIpId = 7;
        for (int i = 0; i < rows; i++) {
            row.srcPort = i;
            segment.add(row);
        }
        return segment;
    }

    private long waiting() throws Exception {
        try (Stream<Path> files = Files.walk(folder.resolve("inbox"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void whatWasNotedIsTakenAtTheNextStartAndTheRestIsRemoved() throws Exception {
        Inbox killed = inbox(log());
        killed.put("osaka", "a-1", 1, segment(60, 200));
        killed.put("osaka", "a-1", 2, segment(120, 1));
        killed.put("osaka", "a-2", 1, segment(120, 2));
        killed.put("kyoto", "a-1", 1, segment(60, 3));
        killed.force("osaka");
        SegmentLog log = log();
        inbox(log).settle((sensor, incarnation) -> sensor.equals("osaka") && incarnation.equals("a-1") ? 1 : 0);
        assertThat(log.all()).containsExactly(new SegmentName("osaka", 60, 0));
        assertThat(waiting()).isZero();
        Segment read = log.read(log.all().getFirst()).orElseThrow();
        assertThat(read.size()).isEqualTo(200);
        FlowRow row = new FlowRow();
        read.read(199, row);
        assertThat(List.of(row.srcPort, (int) row.packetCnt, (int) row.firstSeq, row.firstIpId))
                .containsExactly(199, 3, -1, 7);
    }

    @Test
    void whatIsTakenGetsTheNextPartsOfItsMinutes() throws Exception {
        SegmentLog log = log();
        Inbox inbox = inbox(log);
        inbox.put("osaka", "a-1", 1, segment(60, 1));
        inbox.put("osaka", "a-1", 2, segment(60, 2));
        inbox.put("osaka", "a-1", 3, segment(60, 3));
        assertThat(inbox.accept("osaka", "a-1", 2))
                .containsExactly(new SegmentName("osaka", 60, 0), new SegmentName("osaka", 60, 1));
        assertThat(waiting()).isEqualTo(1);
        assertThat(inbox.accept("osaka", "a-1", 3)).containsExactly(new SegmentName("osaka", 60, 2));
    }

    @Test
    void aPartThatComesAgainBeforeItWasNotedIsThereOnce() {
        SegmentLog log = log();
        Inbox inbox = inbox(log);
        inbox.put("osaka", "a-1", 1, segment(60, 5));
        inbox.put("osaka", "a-1", 1, segment(60, 5));
        assertThat(inbox.accept("osaka", "a-1", 1)).hasSize(1);
        assertThat(log.all()).hasSize(1);
    }
}

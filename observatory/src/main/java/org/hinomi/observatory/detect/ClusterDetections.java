package org.hinomi.observatory.detect;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.hinomi.observatory.store.results.DetectionRow;
import org.hinomi.observatory.store.results.Feed;
import org.hinomi.observatory.store.results.Judged;
import org.hinomi.observatory.store.results.Refusals;
import org.hinomi.observatory.store.results.ResultsReader;
import org.hinomi.observatory.store.results.ResultsTable;
import org.hinomi.observatory.store.results.RowRefusal;
import org.jdbi.v3.core.Jdbi;

/** Brings what detectors in a cluster found to where the tower keeps what its own found. */
public final class ClusterDetections implements Feed {
    private static final int PAGE = 1000;

    private final ClusterStore store;
    private final DetectionCheck check;
    private final Refusals refusals;
    private final Function<String, Optional<RowRefusal>> sensors;
    private final Consumer<List<Stored>> found;

    /**
     * A feed into a control database.
     *
     * @param detectors those whose detections are known
     * @param sensors makes a sensor known, or tells why nothing of it is taken
     * @param found is told of what is new, once it is stored
     */
    public ClusterDetections(
            Jdbi jdbi,
            List<? extends Detector<?>> detectors,
            InstantSource clock,
            Refusals refusals,
            Function<String, Optional<RowRefusal>> sensors,
            Consumer<List<Stored>> found) {
        this.store = new ClusterStore(jdbi);
        this.check = new DetectionCheck(detectors, clock);
        this.refusals = refusals;
        this.sensors = sensors;
        this.found = found;
    }

    @Override
    public ResultsTable table() {
        return ResultsTable.DETECTION;
    }

    @Override
    public long offset(String source) {
        return store.offset(source);
    }

    @Override
    public Taken take(ResultsReader database, String source, long after, long upTo) {
        List<DetectionRow> rows = database.detections(after, upTo, PAGE);
        if (rows.isEmpty()) {
            return new Taken(0, after);
        }
        List<Stored> good = new ArrayList<>();
        for (DetectionRow row : rows) {
            switch (check.judge(row)) {
                case Judged.Good<Stored>(Stored detection) ->
                    sensors.apply(detection.sensor())
                            .ifPresentOrElse(
                                    reason -> refusals.add(table(), reason, row.changed()), () -> good.add(detection));
                case Judged.Refused<Stored>(RowRefusal reason) -> refusals.add(table(), reason, row.changed());
            }
        }
        long reached = rows.getLast().changed();
        List<Stored> news = store.take(good, source, reached);
        if (!news.isEmpty()) {
            found.accept(news);
        }
        return new Taken(rows.size(), reached);
    }

    @Override
    public void restart(String source) {
        store.restart(source);
    }
}

package org.hinomi.scale.result;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Gathers rows between two checkpoints, of each key the last, makes them part of the checkpoint, and writes them when it
 * is complete. A crash after that writes them again, which changes nothing; a crash before it makes them again.
 */
public final class ResultSink implements Sink<ResultRow>, SupportsCommitter<ResultSink.Rows> {
    private static final long serialVersionUID = 1;

    private final Database database;

    /** A sink to a database. */
    public ResultSink(Database database) {
        this.database = database;
    }

    /** The rows of a checkpoint. */
    public record Rows(List<ResultRow> rows) {}

    @Override
    public CommittingSinkWriter<ResultRow, Rows> createWriter(WriterInitContext context) {
        return new Gathering();
    }

    @Override
    public Committer<Rows> createCommitter(CommitterInitContext context) {
        return new ResultCommitter(database);
    }

    @Override
    public SimpleVersionedSerializer<Rows> getCommittableSerializer() {
        return new RowsForm();
    }

    private static final class Gathering implements CommittingSinkWriter<ResultRow, Rows> {
        private final Map<String, ResultRow> rows = new LinkedHashMap<>();

        @Override
        public void write(ResultRow row, Context context) {
            rows.merge(row.key(), row, (before, now) -> now.replaces(before) ? now : before);
        }

        @Override
        public void flush(boolean endOfInput) {
            // Rows stay here until they are part of a checkpoint.
        }

        @Override
        public Collection<Rows> prepareCommit() {
            if (rows.isEmpty()) {
                return List.of();
            }
            Rows gathered = new Rows(List.copyOf(rows.values()));
            rows.clear();
            return List.of(gathered);
        }

        @Override
        public void close() {
            rows.clear();
        }
    }

    private static final class RowsForm implements SimpleVersionedSerializer<Rows> {
        private final ResultRow.Form form = new ResultRow.Form();

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Rows rows) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(rows.rows.size());
            for (ResultRow row : rows.rows) {
                form.write(row, out);
            }
            return bytes.toByteArray();
        }

        @Override
        public Rows deserialize(int version, byte[] serialized) throws IOException {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
            List<ResultRow> rows = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                rows.add(form.read(in));
            }
            return new Rows(rows);
        }
    }
}

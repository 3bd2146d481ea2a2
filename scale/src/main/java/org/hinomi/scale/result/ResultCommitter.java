package org.hinomi.scale.result;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of complete checkpoints. When the database is away it fails the job, which Flink starts again from the
 * checkpoint, whose rows are then written before anything else.
 */
final class ResultCommitter implements Committer<ResultSink.Rows> {
    private static final Logger LOG = LoggerFactory.getLogger(ResultCommitter.class);

    private final Database database;
    private @Nullable Connection connection;

    ResultCommitter(Database database) {
        this.database = database;
    }

    @Override
    public void commit(Collection<CommitRequest<ResultSink.Rows>> requests) throws IOException {
        for (CommitRequest<ResultSink.Rows> request : requests) {
            try {
                ResultWriter.write(open(), request.getCommittable().rows());
            } catch (SQLException e) {
                close();
                throw new IOException(
                        "results can't be written to " + database.where() + " (" + e.getMessage()
                                + "); they are kept in the checkpoint and written when the job starts again",
                        e);
            }
        }
    }

    private Connection open() throws SQLException {
        Connection known = connection;
        if (known == null) {
            known = database.connect();
            connection = known;
            ResultTables.make(known);
        }
        return known;
    }

    @Override
    public void close() {
        Connection known = connection;
        connection = null;
        if (known != null) {
            try {
                known.close();
            } catch (SQLException e) {
                LOG.debug("the connection to {} did not close: {}", database, e.getMessage());
            }
        }
    }
}

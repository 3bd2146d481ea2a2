package org.hinomi.scale;

import java.util.Optional;
import java.util.Properties;
import org.hinomi.scale.result.Database;
import org.hinomi.scale.stream.Knowledge;

/**
 * What the job was told.
 *
 * @param kafka addresses of brokers
 * @param topic where sensors send batches to
 * @param group the name under which Kafka shows how far the job has read
 * @param fromLatest whether to begin, without a savepoint, with what comes from now on
 * @param kafkaProperties what is given on to Kafka's client
 * @param results the database of results
 * @param parquet the folder of Parquet files, if they are wanted
 * @param waitSeconds how long to wait at the start for Kafka and PostgreSQL
 */
record JobSettings(
        String kafka,
        String topic,
        String group,
        boolean fromLatest,
        Properties kafkaProperties,
        Database results,
        Optional<String> parquet,
        int checkpointSeconds,
        int waitSeconds,
        Knowledge knowledge) {}

-- What a Flink cluster that works for this tower found. Times are microseconds since 1970-01-01 UTC.

-- Sensors that are known through the cluster.
CREATE TABLE cluster_sensor (
    name     TEXT PRIMARY KEY,
    known_us BIGINT NOT NULL
);

-- Up to which change each kind of result is stored in this database, and of which table it was read.
CREATE TABLE cluster_offset (
    feed    TEXT PRIMARY KEY,
    source  TEXT NOT NULL,
    changed BIGINT NOT NULL
);

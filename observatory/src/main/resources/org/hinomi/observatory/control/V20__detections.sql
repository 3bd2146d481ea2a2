-- What detectors found, each thing once, in its newest revision. Times are microseconds since 1970-01-01 UTC.
CREATE TABLE detection (
    id         TEXT PRIMARY KEY,
    revision   INTEGER NOT NULL,
    detector   TEXT NOT NULL,
    sensor     TEXT NOT NULL,
    source     TEXT NOT NULL,
    port       BIGINT NOT NULL,
    traffic    TEXT NOT NULL,
    kind       TEXT NOT NULL,
    started    BIGINT NOT NULL,
    seen       BIGINT NOT NULL,
    reported   BIGINT NOT NULL,
    ended      BOOLEAN NOT NULL,
    aggressive BOOLEAN NOT NULL,
    fields     TEXT NOT NULL
);

CREATE INDEX detection_by_time ON detection (seen, id);
CREATE INDEX detection_by_source ON detection (source, seen);
CREATE INDEX detection_by_sensor ON detection (sensor, seen);

-- Sensors, and when they observed. Times are microseconds since 1970-01-01 UTC, in event time.
CREATE TABLE sensor (
    name      TEXT PRIMARY KEY,
    place     TEXT NOT NULL,
    latitude  DOUBLE PRECISION NOT NULL,
    longitude DOUBLE PRECISION NOT NULL,
    origin    TEXT NOT NULL
);

-- One row for each time a sensor was up; a time without a row is a gap, not a zero.
CREATE TABLE observation (
    id        TEXT PRIMARY KEY,
    sensor    TEXT NOT NULL,
    started   BIGINT NOT NULL,
    ended     BIGINT NOT NULL,
    addresses BIGINT NOT NULL,
    prefixes  TEXT NOT NULL,
    packets   BIGINT NOT NULL,
    dropped   BIGINT NOT NULL,
    saturated BIGINT NOT NULL,
    state     TEXT NOT NULL,
    reason    TEXT NOT NULL
);

CREATE INDEX observation_by_sensor ON observation (sensor, started);

-- The first raw packets of a source and port of a day: evidence. Bounded in number, bytes and age.
CREATE TABLE packet_sample (
    id        TEXT PRIMARY KEY,
    sensor    TEXT NOT NULL,
    time      BIGINT NOT NULL,
    source    TEXT NOT NULL,
    protocol  INTEGER NOT NULL,
    port      INTEGER NOT NULL,
    link_type INTEGER NOT NULL,
    payload   INTEGER NOT NULL,
    bytes     BLOB NOT NULL
);

CREATE INDEX packet_sample_by_source ON packet_sample (source, time);
CREATE INDEX packet_sample_by_time ON packet_sample (time);

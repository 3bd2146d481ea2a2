-- Sensors apart from the tower. Times are microseconds since 1970-01-01 UTC.

-- The keys by which they deliver, each for one sensor.
CREATE TABLE sensor_key (
    id         TEXT NOT NULL PRIMARY KEY,
    sensor     TEXT NOT NULL,
    label      TEXT NOT NULL,
    made_by    TEXT NOT NULL,
    key_hash   TEXT NOT NULL UNIQUE, -- SHA-256 of the key
    created_us BIGINT NOT NULL,
    expires_us BIGINT,
    used_us    BIGINT
);

-- Up to which part of each run of a sensor's program is stored here: what comes again does not count again.
CREATE TABLE remote_incarnation (
    sensor        TEXT NOT NULL,
    incarnation   TEXT NOT NULL,
    sequence      BIGINT NOT NULL,
    batches       BIGINT NOT NULL,
    last_batch_us BIGINT NOT NULL,
    PRIMARY KEY (sensor, incarnation)
);

-- Times within an observation of which nothing is left.
CREATE TABLE observation_hole (
    observation TEXT NOT NULL,
    sensor      TEXT NOT NULL,
    started     BIGINT NOT NULL,
    ended       BIGINT NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (observation, started)
);

CREATE INDEX observation_hole_by_sensor ON observation_hole (sensor, started);

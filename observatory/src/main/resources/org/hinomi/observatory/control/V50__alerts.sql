-- Alerts, how people deal with them, and how they are told. Times are microseconds since 1970-01-01 UTC.

-- Numbers of changes, by table, and up to which one each later step has dealt with all.
CREATE TABLE change_counter (
    name    TEXT PRIMARY KEY,
    changed BIGINT NOT NULL
);

CREATE TABLE change_offset (
    name    TEXT PRIMARY KEY,
    reached BIGINT NOT NULL
);

ALTER TABLE detection ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;

CREATE INDEX detection_by_change ON detection (changed);

-- A detection that somebody should look at: the same id, as it was when it was last read.
CREATE TABLE alert (
    id         TEXT PRIMARY KEY,
    revision   INTEGER NOT NULL,
    detector   TEXT NOT NULL,
    sensor     TEXT NOT NULL,
    source     TEXT NOT NULL,
    port       BIGINT NOT NULL,
    traffic    TEXT NOT NULL,
    kind       TEXT NOT NULL,
    severity   INTEGER NOT NULL, -- 0 low, 1 medium, 2 high
    started    BIGINT NOT NULL,
    seen       BIGINT NOT NULL,
    ended      BOOLEAN NOT NULL,
    fields     TEXT NOT NULL,
    state      TEXT NOT NULL,    -- open, acknowledged or closed
    raised_us  BIGINT NOT NULL,  -- when it became an alert, by the clock on the wall
    handled_by TEXT,
    handled_us BIGINT,
    note       TEXT NOT NULL,
    mute       TEXT,             -- the mute that keeps it quiet
    changed    BIGINT NOT NULL DEFAULT 0
);

CREATE INDEX alert_by_state ON alert (state, raised_us, id);
CREATE INDEX alert_by_time ON alert (raised_us, id);
CREATE INDEX alert_by_change ON alert (changed);

-- What people did to an alert.
CREATE TABLE alert_deed (
    id      TEXT PRIMARY KEY,
    alert   TEXT NOT NULL,
    time_us BIGINT NOT NULL,
    who     TEXT NOT NULL,
    action  TEXT NOT NULL,
    note    TEXT NOT NULL
);

CREATE INDEX alert_deed_by_alert ON alert_deed (alert, time_us);

-- Alerts that somebody called false. Kept when the alert goes: they tell how good a detector is.
CREATE TABLE alert_feedback (
    alert    TEXT PRIMARY KEY,
    detector TEXT NOT NULL,
    who      TEXT NOT NULL,
    time_us  BIGINT NOT NULL,
    note     TEXT NOT NULL
);

-- What is not to be told for a while; an empty text, and port -1, fit all.
CREATE TABLE mute (
    id       TEXT PRIMARY KEY,
    detector TEXT NOT NULL,
    source   TEXT NOT NULL, -- an address or a prefix
    port     BIGINT NOT NULL,
    sensor   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    made_by  TEXT NOT NULL,
    made_us  BIGINT NOT NULL,
    until_us BIGINT NOT NULL
);

-- Filters that a person gave a name.
CREATE TABLE saved_search (
    id      TEXT PRIMARY KEY,
    owner   TEXT NOT NULL,
    name    TEXT NOT NULL,
    query   TEXT NOT NULL,
    made_us BIGINT NOT NULL
);

CREATE INDEX saved_search_by_owner ON saved_search (owner, name);

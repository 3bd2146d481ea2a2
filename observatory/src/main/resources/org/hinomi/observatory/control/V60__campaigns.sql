-- Sources grouped by behaviour over days. What is watched together has campaigns of its own: all live sensors, each
-- recording, the demo. Days are days since 1970-01-01, UTC.

-- Up to which day each group of sensors was looked at, and all that is remembered of it.
CREATE TABLE campaign_watch (
    watch    TEXT PRIMARY KEY,
    kind     TEXT NOT NULL, -- live, recording or demo
    day      BIGINT NOT NULL,
    snapshot BLOB NOT NULL
);

-- Each campaign as it stands. Maps are JSON objects of the last day it was seen on.
CREATE TABLE campaign (
    id        TEXT PRIMARY KEY,
    watch     TEXT NOT NULL,
    kind      TEXT NOT NULL,
    label     TEXT NOT NULL,
    state     TEXT NOT NULL, -- active, quiet or merged
    first_day BIGINT NOT NULL,
    last_day  BIGINT NOT NULL,
    days      BIGINT NOT NULL,
    peak      BIGINT NOT NULL,
    total     BIGINT NOT NULL,
    size      BIGINT NOT NULL,
    packets   BIGINT NOT NULL,
    ports     TEXT NOT NULL,
    families  TEXT NOT NULL,
    countries TEXT NOT NULL
);

CREATE INDEX campaign_by_day ON campaign (last_day, size, id);

-- What each was on each day on which there is something to tell.
CREATE TABLE campaign_day (
    campaign    TEXT NOT NULL,
    day         BIGINT NOT NULL,
    change      TEXT NOT NULL,
    size        BIGINT NOT NULL,
    joined      BIGINT NOT NULL,
    gone        BIGINT NOT NULL,
    packets     BIGINT NOT NULL,
    cohesion    DOUBLE PRECISION NOT NULL,
    ports       TEXT NOT NULL,
    families    TEXT NOT NULL,
    similar     TEXT NOT NULL,
    attribution TEXT NOT NULL,
    PRIMARY KEY (campaign, day)
);

CREATE TABLE campaign_member (
    campaign  TEXT NOT NULL,
    source    TEXT NOT NULL,
    country   TEXT NOT NULL,
    asn       BIGINT NOT NULL,
    first_day BIGINT NOT NULL,
    last_day  BIGINT NOT NULL,
    days      BIGINT NOT NULL,
    packets   BIGINT NOT NULL,
    PRIMARY KEY (campaign, source)
);

CREATE INDEX campaign_member_by_day ON campaign_member (campaign, last_day);

-- Ports, families and countries by which campaigns are found, with the last day that counts.
CREATE TABLE campaign_trait (
    campaign  TEXT NOT NULL,
    dimension TEXT NOT NULL, -- port, family or country
    key       TEXT NOT NULL,
    last_day  BIGINT NOT NULL,
    PRIMARY KEY (campaign, dimension, key)
);

-- What came out of what, told from both sides.
CREATE TABLE campaign_lineage (
    campaign TEXT NOT NULL,
    day      BIGINT NOT NULL,
    kind     TEXT NOT NULL, -- split_from, split_into, merged_from or merged_into
    other    TEXT NOT NULL,
    size     BIGINT NOT NULL,
    PRIMARY KEY (campaign, day, kind, other)
);

-- What people say of campaigns. Apart from what is worked out, so that it stays when a recording is played anew.
CREATE TABLE campaign_name (
    campaign TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    note     TEXT NOT NULL,
    named_by TEXT NOT NULL,
    named_us BIGINT NOT NULL
);

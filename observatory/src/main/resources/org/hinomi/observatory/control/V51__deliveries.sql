-- Who wants to be told of alerts, and what is on its way. Times are microseconds since 1970-01-01 UTC.
CREATE TABLE subscription (
    id        TEXT PRIMARY KEY,
    owner     TEXT NOT NULL, -- the account's name
    channel   TEXT NOT NULL, -- mail, webhook or syslog
    target    TEXT NOT NULL,
    detectors TEXT NOT NULL,
    severity  INTEGER NOT NULL,
    language  TEXT NOT NULL,
    secret    TEXT NOT NULL,
    made_us   BIGINT NOT NULL
);

CREATE INDEX subscription_by_owner ON subscription (owner, made_us);

-- Each alert once for each subscription.
CREATE TABLE delivery (
    id           TEXT PRIMARY KEY,
    alert        TEXT NOT NULL,
    subscription TEXT NOT NULL,
    channel      TEXT NOT NULL,
    state        TEXT NOT NULL, -- waiting, sending, sent, summed, skipped, failed, uncertain or dropped
    tries        INTEGER NOT NULL,
    made_us      BIGINT NOT NULL,
    next_us      BIGINT NOT NULL,
    done_us      BIGINT,
    reason       TEXT NOT NULL,
    UNIQUE (alert, subscription)
);

CREATE INDEX delivery_by_state ON delivery (state, channel, next_us);
CREATE INDEX delivery_by_subscription ON delivery (subscription, state, done_us);

-- Who may use this observatory, and what they did. Times are microseconds since 1970 (UTC); ids come from the program.

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE, -- the name in lower case
    password TEXT NOT NULL,        -- pbkdf2-sha256$rounds$salt$hash
    role TEXT NOT NULL CHECK (role IN ('viewer', 'analyst', 'administrator')),
    created_us BIGINT NOT NULL,
    last_seen_us BIGINT,
    disabled INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE web_session (
    token_hash TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the cookie's value
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_us BIGINT NOT NULL,
    used_us BIGINT NOT NULL
);

CREATE INDEX web_session_account ON web_session (account_id, used_us);

CREATE TABLE api_key (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'analyst', 'administrator')),
    key_hash TEXT NOT NULL UNIQUE, -- SHA-256 of the key
    created_us BIGINT NOT NULL,
    used_us BIGINT
);

CREATE INDEX api_key_account ON api_key (account_id, created_us);

CREATE TABLE audit (
    id TEXT NOT NULL PRIMARY KEY,
    time_us BIGINT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    what TEXT NOT NULL,
    from_address TEXT NOT NULL
);

CREATE INDEX audit_time ON audit (time_us, id);

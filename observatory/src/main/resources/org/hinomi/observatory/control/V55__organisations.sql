-- Organisations whose networks are watched for, one row for each change: what counts from a time on, so that an old
-- minute is told by what was registered then. Times are microseconds since 1970-01-01 UTC.
CREATE TABLE organisation_version (
    organisation  TEXT NOT NULL,
    valid_from_us BIGINT NOT NULL,
    removed       BOOLEAN NOT NULL,
    name          TEXT NOT NULL,
    prefixes      TEXT NOT NULL, -- separated by spaces
    as_numbers    TEXT NOT NULL, -- separated by spaces
    changed_us    BIGINT NOT NULL,
    changed_by    TEXT NOT NULL,
    PRIMARY KEY (organisation, valid_from_us)
);

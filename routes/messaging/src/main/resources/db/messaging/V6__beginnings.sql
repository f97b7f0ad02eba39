-- Where a service that hears only what comes after its installation began to read each log, noted once: its group's offsets are
-- forgotten by the broker when it is away for long, and what was there before must not come then. log is the topic's id, so that
-- a topic made anew is another log.
create table beginning (
    topic     text        not null,
    log       text        not null,
    partition integer     not null,
    position  bigint      not null,
    noted_at  timestamptz not null default clock_timestamp(),
    primary key (log, partition)
);

-- What every participant keeps in its own schema.

-- Events on their way to Kafka; column names are those of the Debezium outbox event router. A row is deleted once the broker has acknowledged it.
-- position is drawn while the order's row in outbox_sequence is locked, so that it follows the order of an order's events.
create table outbox (
    position           bigint generated always as identity primary key,
    id                 uuid        not null,
    aggregatetype      text        not null,
    aggregateid        uuid        not null,
    type               text        not null,
    payload            text,
    tracingspancontext text,
    sequence           bigint      not null,
    occurred_at        timestamptz not null,
    created_at         timestamptz not null default clock_timestamp()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index outbox_aggregate on outbox (aggregateid);

-- The last sequence number that this writer gave to an order, and the lock under which an order's events are written.
create table outbox_sequence (
    order_id   uuid primary key,
    last       bigint      not null,
    started_at timestamptz not null default now()
) with (fillfactor = 80);
create index outbox_sequence_age on outbox_sequence using brin (started_at);

-- When the relay was last behind: events older than two seconds waited until then.
create table outbox_behind (
    single boolean primary key default true check (single),
    until  timestamptz not null
);

-- Events that took effect. day is the day in a UUIDv7's own time, so that a redelivered event always meets its first row; ids without a
-- plausible time share one day.
create table inbox (
    day         date        not null,
    event_id    uuid        not null,
    sha256      bytea       not null,
    received_at timestamptz not null default now(),
    primary key (event_id, day)
) partition by range (day);
create table inbox_undated partition of inbox default;
create index inbox_undated_age on inbox_undated (received_at);

-- Makes the inbox's days from first to last and drops those before oldest: the one thing that the role may have made or dropped, and only through this door.
create function keep_inbox_days(oldest date, first date, last date) returns void
    language plpgsql security definer set search_path = pg_catalog as $$
declare
    schema text := '${flyway:defaultSchema}';
    day    date;
    old    text;
begin
    perform pg_advisory_xact_lock(hashtext(schema || '.inbox'));
    for day in select generate_series(first, least(last, first + 31), interval '1 day') loop
        execute format('create table if not exists %I.%I partition of %I.inbox for values from (%L) to (%L)',
            schema, 'inbox_' || to_char(day, 'YYYYMMDD'), schema, day, day + 1);
    end loop;
    for old in select child.relname from pg_inherits join pg_class child on child.oid = inhrelid
            where inhparent = format('%I.inbox', schema)::regclass
              and child.relname ~ '^inbox_[0-9]{8}$' and child.relname < 'inbox_' || to_char(least(oldest, current_date - 1), 'YYYYMMDD') loop
        execute format('drop table %I.%I', schema, old);
    end loop;
end $$;

-- Requests to the role's own workers. Who claims a row moves due_at ahead by the lease.
create table work (
    id         uuid primary key,
    channel    text        not null,
    order_id   uuid        not null,
    subject    text        not null,
    body       text        not null,
    tracingspancontext text,
    due_at     timestamptz not null default now(),
    lease      uuid,
    attempts   integer     not null default 0,
    error      text,
    created_at timestamptz not null default now(),
    unique (channel, order_id, subject)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create index work_due on work (channel, due_at);

-- One row for each order that has parked events on a topic: the lock that parking, the consumer's check and every release take.
create table parked_key (
    topic text not null,
    key   text not null,
    primary key (topic, key)
);

-- Records that were set aside, with everything needed to handle them later as if they came now.
create table parked (
    id          uuid primary key,
    position    bigint generated always as identity,
    topic       text        not null,
    partition   integer     not null,
    "offset"    bigint      not null,
    key         text        not null,
    order_id    uuid,
    raw_key     bytea,
    value       bytea,
    headers     jsonb       not null,
    sha256      bytea       not null,
    reason      text        not null check (reason in ('UNREADABLE', 'NOT_UNDERSTOOD', 'FAILED', 'FOLLOWER')),
    error       text        not null,
    attempts    integer     not null,
    state       text        not null default 'PARKED' check (state in ('PARKED', 'RELEASED', 'DISCARDED')),
    parked_at   timestamptz not null default now(),
    settled_at  timestamptz,
    unique (topic, partition, "offset", sha256)
);
create index parked_waiting on parked (topic, key, position) where state = 'PARKED';
create index parked_settled on parked (settled_at) where state <> 'PARKED';

-- Who does a job that only one instance may do, by the database's clock.
create table lease (
    name   text primary key,
    holder uuid        not null,
    until  timestamptz not null
);

-- What operators asked of this service, and what came of it. Rows are added and never changed; they go by age alone.
-- id is the request's own: the transaction that takes effect writes it first, the edge whatever had no effect.
create table audit (
    id     uuid primary key,
    at     timestamptz not null default clock_timestamp(),
    caller text        not null,
    roles  text        not null,
    action text        not null,
    target text        not null,
    reason text,
    result text        not null
);
create index audit_age on audit using brin (at);
revoke update, delete on audit from "${flyway:defaultSchema}";

-- The one way in which a row goes: by its age, and never before a month.
create function forget_audit(before timestamptz) returns bigint
    language sql security definer set search_path = "${flyway:defaultSchema}", pg_temp as $$
    with gone as (delete from audit where at < least(before, now() - interval '30 days') returning 1)
    select count(*) from gone $$;

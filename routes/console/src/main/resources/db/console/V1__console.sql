-- An order as its events tell it, and the lock of every transaction that tells more of it. waiting_since is null
-- where nothing is owed any more; began_at only until the transaction that made the row commits.
create table story (
    order_id      uuid        primary key,
    state         text        not null default 'UNKNOWN'
        check (state in ('UNKNOWN', 'PENDING', 'CONFIRMED', 'CANCELLED')),
    began_at      timestamptz,
    waits_for     text[]      not null default '{}',
    waiting_since timestamptz,
    changed_at    timestamptz not null default now()
) with (fillfactor = 60);
create index story_by_beginning on story (began_at, order_id);
create index story_by_state on story (state, began_at, order_id);
create index story_waiting on story (waiting_since, order_id) where waiting_since is not null;
-- One for each service, or who asks for the few that wait for one would walk all that wait for another.
create index story_waiting_for_orders on story (waiting_since, order_id) where 'orders' = any (waits_for);
create index story_waiting_for_payments on story (waiting_since, order_id) where 'payments' = any (waits_for);
create index story_waiting_for_inventory on story (waiting_since, order_id) where 'inventory' = any (waits_for);
create index story_age on story using brin (changed_at);

-- What was said of an order, by whom, and where it stands. An event that was said twice is one, at its first place.
create table chapter (
    order_id     uuid        not null references story on delete cascade,
    topic        text        not null,
    event_id     uuid        not null,
    event_type   text        not null,
    source       text        not null,
    partition    integer     not null,
    "offset"     bigint      not null,
    occurred_at  timestamptz not null,
    published_at timestamptz,
    read_at      timestamptz,
    trace_id     text,
    reason       text,
    amount_minor bigint,
    currency     text,
    park_id      uuid,
    about        text,
    primary key (order_id, topic, event_id)
);
create index chapter_by_event on chapter (event_id);
create index chapter_by_trace on chapter (trace_id) where trace_id is not null;

-- An operator's wish to have all stories told anew; one at a time.
create table rebuild (
    id       uuid        primary key,
    asked_at timestamptz not null default now(),
    ended_at timestamptz,
    events   bigint,
    failed   bigint
);
create unique index rebuild_under_way on rebuild ((true)) where ended_at is null;
create index rebuild_by_time on rebuild (asked_at);

-- An event is known by its topic and its id, and it is the same if it says the same (said), in whatever bytes.
-- The version before runs beside this one: it writes rows without a topic, which count for every topic, and compares
-- bytes, so that sha256 stays what it was and the key does not change. An event whose id another topic's had first has
-- its row among the namesakes; those are few, for an id is random unless its writer counts.
create table inbox_namesake (
    topic       text        not null,
    event_id    uuid        not null,
    sha256      bytea       not null,
    said        bytea,
    received_at timestamptz not null default now(),
    primary key (event_id, topic)
);
create index inbox_namesake_age on inbox_namesake (received_at);

-- No row is written anew.
create index parked_order on parked (order_id) where state = 'PARKED';
alter table inbox add column topic text, add column said bytea;

-- Parked events that operators let go, or give up, many at once. Of those that are open the oldest runs and the others
-- wait. Each event that is tried moves place and due_at ahead, in the transaction in which it takes effect: what is
-- counted has happened, and the pace outlives whoever kept it.
create table release (
    id            uuid primary key,
    position      bigint generated always as identity,
    action        text        not null check (action in ('RELEASE', 'DISCARD')),
    what          text        not null,
    filter        jsonb,
    caller        text        not null,
    reason        text        not null,
    call          uuid        not null,
    state         text        not null default 'OPEN' check (state in ('OPEN', 'PAUSED', 'STOPPED', 'DONE')),
    per_minute    integer     not null check (per_minute > 0),
    events        integer     not null default 0,
    followers     integer     not null default 0,
    orders        integer     not null default 0,
    place         integer     not null default 1,
    done          integer     not null default 0,
    failed_again  integer     not null default 0,
    already_done  integer     not null default 0,
    refused       integer     not null default 0,
    chosen_before timestamptz not null,
    created_at    timestamptz not null default now(),
    due_at        timestamptz not null default now(),
    ended_at      timestamptz
);
create index release_open on release (state, position) where state in ('OPEN', 'PAUSED');
create index release_by_time on release (created_at, id);
create index release_ended on release (ended_at) where ended_at is not null;

-- The events that a release was made of, in the order in which they are tried: one order after the other, each from its
-- first event on. A result is missing until one is.
create table release_event (
    release  uuid    not null references release (id) on delete cascade,
    place    integer not null,
    event    uuid    not null,
    topic    text    not null,
    key      text    not null,
    follower boolean not null,
    result   text check (
        result in ('RELEASED', 'DISCARDED', 'FAILED_AGAIN', 'BEHIND_ANOTHER', 'TOO_LATE', 'NOT_PARKED')),
    tried_at timestamptz,
    primary key (release, place)
);
create index release_event_key on release_event (release, topic, key);
create index release_event_result on release_event (release, result, place);
create index release_event_story on release_event (event, release) where result is not null;

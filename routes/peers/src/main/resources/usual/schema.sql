-- What the services are to say, until it is said: each polls its own.
create table if not exists orders.outbox (
    id bigint generated always as identity primary key, topic text not null, key text not null, value text not null,
    created_at timestamptz not null default now());
create table if not exists payments.outbox (like orders.outbox including all);
create table if not exists inventory.outbox (like orders.outbox including all);

-- How to reach the customer of each order. Whichever message comes first makes the row, and every transaction about the order locks it.
create table recipient (
    order_id   uuid primary key,
    name       text,
    email      text,
    erased     boolean     not null default false check (not erased or (name is null and email is null)),
    created_at timestamptz not null default now()
) with (fillfactor = 80);
create index recipient_age on recipient using brin (created_at);

-- At most one mail for each outcome of an order.
create table mail (
    order_id     uuid        not null references recipient on delete cascade,
    outcome      text        not null check (outcome in ('CONFIRMED', 'CANCELLED', 'REFUNDED')),
    state        text        not null check (state in ('WAITING', 'DUE', 'SENT', 'UNDELIVERABLE', 'ERASED')),
    happened_at  timestamptz not null,
    reason       text,
    amount_minor bigint,
    currency     text,
    updated_at   timestamptz not null default now(),
    primary key (order_id, outcome)
) with (fillfactor = 80);
create index mail_undeliverable on mail (updated_at) where state = 'UNDELIVERABLE';
create index mail_age on mail using brin (updated_at);

-- What bare Java keeps: line by line what our services keep of an order, with the keys and indexes that its own
-- queries need. The tables of a service begin with its name.
create table orders_key (
    caller      text        not null,
    key         text        not null,
    body_sha256 bytea       not null,
    answer      text        not null,
    claimed_at  timestamptz not null default now(),
    primary key (caller, key)
);
create table orders_order (
    id              uuid primary key,
    customer_id     text        not null,
    status          text        not null,
    reason          text,
    payment_status  text        not null,
    stock_status    text        not null,
    settled         boolean     not null,
    total_minor     bigint      not null,
    currency        varchar(3)  not null,
    created_at      timestamptz not null default now(),
    finished_at     timestamptz
) with (fillfactor = 70);
create index orders_of_a_customer on orders_order (customer_id, id);
create table orders_line (
    order_id         uuid        not null,
    position         integer     not null,
    sku              varchar(64) not null,
    quantity         integer     not null,
    unit_price_minor bigint      not null,
    primary key (order_id, position)
);
create table orders_history (
    order_id    uuid        not null,
    position    bigint      generated always as identity,
    recorded_at timestamptz not null default now(),
    status      text        not null,
    event       text        not null,
    primary key (order_id, position)
);
create table payments_payment (
    order_id     uuid primary key,
    state        text        not null,
    amount_minor bigint      not null,
    currency     text        not null,
    token        text        not null,
    updated_at   timestamptz not null default now()
) with (fillfactor = 80);
create table provider_charge (
    key          text primary key,
    outcome      text        not null,
    amount_minor bigint      not null,
    currency     text        not null,
    token        text        not null,
    at           timestamptz not null default clock_timestamp()
);
create table provider_journal (
    operation    text        not null,
    key          text        not null,
    debit        text        not null,
    credit       text        not null,
    amount_minor bigint      not null,
    currency     text        not null,
    at           timestamptz not null default clock_timestamp(),
    primary key (operation, key)
);
create table inventory_stock (
    sku      varchar(64) primary key,
    on_hand  bigint not null check (on_hand >= 0),
    reserved bigint not null default 0 check (reserved >= 0),
    sold     bigint not null default 0,
    check (reserved <= on_hand)
) with (fillfactor = 50);
create table inventory_reservation (
    order_id   uuid primary key,
    state      text        not null,
    lines      jsonb       not null,
    changed_at timestamptz not null default now()
) with (fillfactor = 70);
create table notifications_recipient (
    order_id   uuid primary key,
    name       text        not null,
    email      text        not null,
    created_at timestamptz not null default now()
) with (fillfactor = 80);
create table notifications_mail (
    order_id    uuid        not null,
    outcome     text        not null,
    state       text        not null,
    happened_at timestamptz not null,
    updated_at  timestamptz not null default now(),
    primary key (order_id, outcome)
) with (fillfactor = 80);
create table orders_inbox (
    event_id    uuid primary key,
    topic       text        not null,
    sha256      bytea       not null,
    received_at timestamptz not null default now()
);
create table payments_inbox (like orders_inbox including all);
create table inventory_inbox (like orders_inbox including all);
create table notifications_inbox (like orders_inbox including all);
create table orders_outbox (
    id            uuid primary key,
    aggregatetype text        not null,
    aggregateid   uuid        not null,
    type          text        not null,
    payload       text        not null,
    created_at    timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
create table payments_outbox (like orders_outbox including all);
create table inventory_outbox (like orders_outbox including all);

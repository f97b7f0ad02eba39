-- The catalogue. An article is taken in once at the start, and changed by PUT /products from then on:
--
--   insert into orders.product (sku, name) values ('MUG-01', 'Mug') on conflict (sku) do nothing;
--   insert into orders.product_price (sku, currency, amount_minor) values ('MUG-01', 'EUR', 1290)
--       on conflict (sku, currency) do nothing;
create table product (
    sku     varchar(64) primary key,
    name    text   not null,
    version bigint not null default 0
);

create table product_price (
    sku          varchar(64) not null references product on delete cascade,
    currency     varchar(3)  not null check (currency ~ '^[A-Z]{3}$'),
    amount_minor bigint      not null check (amount_minor between 1 and 9007199254740991),
    primary key (sku, currency)
);

-- Orders and where each stands. settled: nothing is owed to anybody any more, which is so once it is confirmed, and for
-- a cancelled one when payments and inventory have both answered. created_at is the database's clock, for the deadline.
create table orders (
    id              uuid primary key,
    customer_id     text        not null,
    status          text        not null check (status in ('PENDING', 'CONFIRMED', 'CANCELLED')),
    reason          text        check (reason in ('PAYMENT_DECLINED', 'OUT_OF_STOCK', 'CUSTOMER', 'DEADLINE')),
    payment_status  text        not null
        check (payment_status in ('PENDING', 'CAPTURED', 'DECLINED', 'REFUNDED', 'VOIDED')),
    payment_settled boolean     not null,
    stock_status    text        not null check (stock_status in ('PENDING', 'RESERVED', 'REJECTED', 'RELEASED')),
    settled         boolean     not null,
    total_minor     bigint      not null check (total_minor >= 0),
    currency        varchar(3)  not null,
    created_at      timestamptz not null default now(),
    finished_at     timestamptz,
    constraint reason_of_a_cancellation check ((status = 'CANCELLED') = (reason is not null)),
    constraint confirmed_is_paid_and_reserved
        check (status <> 'CONFIRMED' or (payment_status = 'CAPTURED' and stock_status = 'RESERVED')),
    constraint settled_is_final check (settled = (status = 'CONFIRMED'
        or (status = 'CANCELLED' and payment_settled and stock_status = 'RELEASED'))),
    constraint finished_is_dated check ((status = 'PENDING') = (finished_at is null))
) with (fillfactor = 70);
create index orders_of_a_customer on orders (customer_id, id);
create index orders_of_a_customer_by_status on orders (customer_id, status, id);
create index orders_pending on orders (created_at, id) where status = 'PENDING';
create index orders_unsettled on orders (finished_at) where status = 'CANCELLED' and not settled;
create index orders_age on orders using brin (finished_at);

-- Neither this nor order_history refers to its order by a foreign key: rows are written with their order in one
-- transaction and deleted with it in one statement, and the check would cost each row of the hot path a lookup.
create table order_line (
    order_id         uuid        not null,
    position         integer     not null,
    sku              varchar(64) not null,
    quantity         integer     not null check (quantity between 1 and 10000),
    unit_price_minor bigint      not null check (unit_price_minor >= 0),
    primary key (order_id, position)
);

-- What happened to each order: what was heard, and what orders said, with the status after it. Rows are only ever
-- added.
create table order_history (
    order_id    uuid        not null,
    position    bigint      generated always as identity,
    recorded_at timestamptz not null,
    status      text        not null,
    event       text        not null,
    primary key (order_id, position)
);

-- Orders by the key under which they were placed, with the answer: the same request again gets the same answer and
-- changes nothing.
create table idempotency_key (
    caller      text        not null,
    operation   text        not null,
    key         text        not null,
    body_sha256 bytea       not null,
    answer      text,
    claimed_at  timestamptz not null default now(),
    primary key (caller, operation, key)
);
create index idempotency_key_age on idempotency_key (claimed_at);

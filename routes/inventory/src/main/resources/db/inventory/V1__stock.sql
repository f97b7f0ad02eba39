-- How much there is of each article. The row's own conditions are the last line of defence: whatever the code decides,
-- stock never goes below zero. An article is taken in once, with what is there at the start, and changed by inventory
-- alone from then on:
--
--   insert into inventory.stock_item (sku, on_hand) values ('MUG-01', 100) on conflict (sku) do nothing;
create table stock_item (
    sku      varchar(64) primary key,
    on_hand  bigint not null check (on_hand >= 0),
    reserved bigint not null default 0 check (reserved >= 0),
    sold     bigint not null default 0 check (sold >= 0),
    constraint reserved_is_on_hand check (reserved <= on_hand),
    constraint countable check (on_hand + sold <= 9007199254740991)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- What inventory knows about each order; written by whichever of the order's events comes first. lines is what is held
-- (RESERVED), was sold (SOLD) or was given back (RELEASED): [{"sku": "MUG-01", "quantity": 2}]. version counts how
-- often the row was stored.
create table reservation (
    order_id   uuid primary key,
    state      text        not null check (state in ('CONFIRMED', 'RESERVED', 'REJECTED', 'SOLD', 'RELEASED')),
    lines      jsonb       not null,
    version    bigint      not null,
    changed_at timestamptz not null default now()
) with (fillfactor = 70);
create index reservation_age on reservation using brin (changed_at);

-- Goods that came in. Rows are only ever added: what there was at the start and all deliveries are what is on hand and
-- what was sold.
create table delivery (
    id          uuid primary key,
    sku         varchar(64) not null references stock_item,
    quantity    integer     not null check (quantity between 1 and 1000000),
    caller      text        not null,
    received_at timestamptz not null default now()
);

-- Deliveries by the key under which they were reported, with their receipt: the same report again gets the same receipt
-- and changes nothing.
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

-- For the auditor: in each row received = on_hand + sold - what there was at the start, and reserved = held.
create view stock_audit as
select item.sku, item.on_hand, item.reserved, item.sold,
       coalesce((select sum(delivery.quantity) from delivery where delivery.sku = item.sku), 0) as received,
       coalesce(held.quantity, 0) as held
  from stock_item item
  left join (select line ->> 'sku' as sku, sum((line ->> 'quantity')::bigint) as quantity
               from reservation, jsonb_array_elements(lines) as line
              where state = 'RESERVED'
              group by 1) held on held.sku = item.sku;

-- What each service keeps, in a schema of its own. It runs at every start and leaves alone what is there.
create schema if not exists orders;
create table if not exists orders.product (sku text primary key, currency text not null, price_minor bigint not null);
create table if not exists orders.orders (
    id uuid primary key, version bigint not null, customer_id text not null, status text not null, reason text,
    payment_status text not null, stock_status text not null, total_minor bigint not null, currency text not null,
    created_at timestamptz not null, finished_at timestamptz);
create index if not exists orders_of_a_customer on orders.orders (customer_id, id);
create table if not exists orders.order_line (
    order_id uuid not null, position integer not null, sku text not null, quantity integer not null,
    unit_price_minor bigint not null, primary key (order_id, position));
create sequence if not exists orders.order_history_numbers increment 50;
create table if not exists orders.order_history (
    position bigint primary key, order_id uuid not null, event text not null, status text not null,
    recorded_at timestamptz not null);
create index if not exists order_history_of_an_order on orders.order_history (order_id);
create table if not exists orders.idempotency_key (
    key text primary key, fingerprint text not null, answer text not null, claimed_at timestamptz not null default now());
create table if not exists orders.inbox (event_id uuid primary key, received_at timestamptz not null default now());

create schema if not exists payments;
create table if not exists payments.payment (
    order_id uuid primary key, version bigint not null, state text not null, updated_at timestamptz not null);
create table if not exists payments.inbox (like orders.inbox including all);

create schema if not exists inventory;
create table if not exists inventory.stock_item (
    sku text primary key, on_hand bigint not null, reserved bigint not null default 0 check (reserved >= 0),
    sold bigint not null default 0, check (reserved <= on_hand));
create table if not exists inventory.reservation (
    order_id uuid primary key, version bigint not null, state text not null);
create table if not exists inventory.reservation_line (
    order_id uuid not null, position integer not null, sku text not null, quantity integer not null,
    primary key (order_id, position));
create table if not exists inventory.inbox (like orders.inbox including all);

create schema if not exists notifications;
create table if not exists notifications.recipient (
    order_id uuid primary key, version bigint not null, name text not null, email text not null);
create table if not exists notifications.mail (
    id uuid primary key, version bigint not null, order_id uuid not null, outcome text not null, state text not null,
    unique (order_id, outcome));
create index if not exists mail_due on notifications.mail (id) where state = 'DUE';
create table if not exists notifications.inbox (like orders.inbox including all);

insert into orders.product (sku, currency, price_minor)
    select 'article-' || lpad(number::text, 2, '0'), 'EUR', 1290 from generate_series(0, 99) as number
    union all values ('mug', 'EUR', 1290), ('spoon', 'EUR', 1290), ('gone', 'EUR', 1000)
    on conflict do nothing;
insert into inventory.stock_item (sku, on_hand)
    select sku, case sku when 'gone' then 0 else 1000000000 end from orders.product
    on conflict do nothing;

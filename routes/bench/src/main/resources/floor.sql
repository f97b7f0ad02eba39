-- What the bare saga keeps; each stage has an inbox and an outbox, as each service has.
create table orders (id uuid primary key, status text not null, total bigint not null, created_at timestamptz not null default now());
create table order_line (order_id uuid not null, sku text not null, quantity integer not null, primary key (order_id, sku));
create table payment (order_id uuid primary key, state text not null, amount bigint not null);
create table stock (sku text primary key, on_hand bigint not null);
create table reservation (order_id uuid not null, sku text not null, quantity integer not null, primary key (order_id, sku));
create table notification (order_id uuid primary key, sent_at timestamptz not null default now());
insert into stock values ('mug', 1000000000), ('spoon', 1000000000);
create table payment_inbox (id uuid primary key, received_at timestamptz not null default now());
create table inventory_inbox (like payment_inbox including all);
create table confirm_inbox (like payment_inbox including all);
create table notification_inbox (like payment_inbox including all);
create table orders_outbox (id uuid primary key, aggregateid uuid not null, type text not null, payload text not null);
create table payment_outbox (like orders_outbox including all);
create table inventory_outbox (like orders_outbox including all);
create table confirm_outbox (like orders_outbox including all);

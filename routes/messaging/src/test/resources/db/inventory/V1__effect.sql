create table inventory.effect (order_id uuid not null, type text not null, at timestamptz not null default clock_timestamp());

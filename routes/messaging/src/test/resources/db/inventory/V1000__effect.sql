-- Far above the numbers of inventory itself: Maven puts both on one class path where it tests without packing jars.
create table inventory.effect (order_id uuid not null, type text not null, at timestamptz not null default clock_timestamp());

-- The parcel of each order that was confirmed; it has a label once the carrier has it.
create table parcel (
    order_id   uuid primary key,
    label      text,
    updated_at timestamptz not null default now()
);
create index parcel_age on parcel using brin (updated_at);

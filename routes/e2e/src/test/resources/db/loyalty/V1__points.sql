create table points (
    order_id uuid primary key,
    points   integer not null
);

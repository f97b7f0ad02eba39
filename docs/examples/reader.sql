-- What the readers beside this file keep, in one database: their effect, and what they have heard and not understood.
create table seen (event_id uuid primary key);
create table turnover (order_id uuid primary key, amount_minor bigint not null, currency text not null);
create table set_aside (partition int, "offset" bigint, value bytea, primary key (partition, "offset"));

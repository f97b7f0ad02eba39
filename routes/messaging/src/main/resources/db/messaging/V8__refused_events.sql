-- An event that the broker refuses for good, for example because it is too large for its topic: it and what its order
-- says after it on that topic wait; all others go on.
alter table outbox add column refused_at timestamptz;
create index outbox_refused on outbox (aggregateid, aggregatetype) where refused_at is not null;

-- The role reads how far positions are drawn, so that its looks for the oldest event begin behind all that was
-- deleted.
grant select on sequence outbox_position_seq to "${flyway:defaultSchema}";

-- Parked events are counted by their cause.
create index if not exists parked_causes on parked (topic, reason, position) where state = 'PARKED';

-- An order's row is updated by each of its events, many of one page in one transaction: with room for a second
-- version of each the index is not touched.
alter table outbox_sequence set (fillfactor = 50);

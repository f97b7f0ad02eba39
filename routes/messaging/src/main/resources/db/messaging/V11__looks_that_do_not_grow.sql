-- The role reads how far positions are drawn, so that its looks for the oldest event begin behind all that was deleted.
grant select on sequence outbox_position_seq to "${flyway:defaultSchema}";

-- Parked events are counted by their cause.
create index parked_causes on parked (topic, reason) where state = 'PARKED';
